"""Runs a file of worked examples: steps whose references are known are computed together, results are compared and told."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from reporting.examples import calculations, computing, direct
from reporting.examples.answers import Answers
from reporting.examples.batch import answered
from reporting.examples.document import Example, Expected, Output, Step
from reporting.examples.measure import agree, kind_of, parse, plain
from reporting.examples.reading import read_examples
from reporting.examples.request import Request
from reporting.quantity import decimal
from reporting.types import InputError, UsageError

CALCULATIONS: Mapping[str, Callable[[Step], calculations.Calculation]] = {
    function.__name__: function
    for function in (
        calculations.activity_times_factor,
        calculations.per_gas,
        calculations.spend,
        calculations.transport,
        calculations.travel,
        calculations.lifetime_use,
        calculations.allocation,
        calculations.investment_share,
        calculations.scope2_dual,
        computing.energy_from_power,
        computing.cloud_usage,
        computing.embodied_bottom_up,
        computing.embodied_share,
        computing.sci,
        *direct.FUNCTIONS,
    )
}
ERRATUM = "published-erratum"


@dataclass
class Run:
    """An example on its way: the steps that are done, the first problem, what each running step waits for."""

    example: Example
    done: dict[str, Step] = field(default_factory=dict)
    problem: str = ""
    waiting: dict[str, tuple[Generator[Request, Answers, Any], Request]] = field(default_factory=dict)

    def advance(self, answers: Mapping[str, Answers]) -> None:
        """Hand answers over and start what can start, until every running step waits for the engine."""
        for name, (running, _) in list(self.waiting.items()):
            del self.waiting[name]
            self._go_on(self._step(name), running, answers[name])
        while not self.problem:
            ready = [
                step
                for step in self.example.steps
                if step.name not in {*self.done, *self.waiting} and set(step.references()) <= set(self.done)
            ]
            if not ready:
                break
            for step in ready:
                self._start(step)
        if not self.problem and not self.waiting and len(self.done) < len(self.example.steps):
            self.problem = "a step refers to itself or to a step that is not there"

    def _step(self, name: str) -> Step:
        return next(step for step in self.example.steps if step.name == name)

    def _start(self, step: Step) -> None:
        try:
            step.resolve(self.done)
        except UsageError as error:
            self.problem = self.problem or _at(step, error)
        else:
            self._go_on(step, CALCULATIONS[step.calculation](step), None)

    def _go_on(self, step: Step, running: Generator[Request, Answers, Any], answers: Answers | None) -> None:
        try:
            request = next(running) if answers is None else running.send(answers)
            self.waiting[step.name] = (running, request) if request.plans else self.waiting[step.name]
        except StopIteration as end:
            step.outputs = end.value
            self.done[step.name] = step
        except (UsageError, ArithmeticError) as error:
            self.problem = self.problem or _at(step, error)


def _at(step: Step, error: Exception) -> str:
    told = str(error) if isinstance(error, UsageError) else "the numbers leave what can be computed"
    return f"{step.name}: {told}" if step.name else told


@dataclass(frozen=True)
class Verdict:
    """What is told of an example."""

    is_right: bool
    line: str
    is_in_scope: bool = True


def run(path: Path) -> Iterator[Verdict]:
    """A verdict for every example of a file; raises InputError where the file cannot be used."""
    runs = [Run(example) for example in read_examples(path)]
    for one in runs:
        if one.example.reason:
            continue
        if {step.calculation for step in one.example.steps} - set(CALCULATIONS):
            one.problem = "a calculation that the vocabulary lacks"
        else:
            one.advance({})
    while any(one.waiting and not one.problem for one in runs):
        _next_round([one for one in runs if one.waiting and not one.problem])
    for one in runs:
        yield verdict(one)


def _next_round(runs: list[Run]) -> None:
    """Compute what the steps wait for in one inventory; where that fails, each half in its own, so that one example stops no other."""
    keys = {(place, name): f"x{place}.{number}." for place, one in enumerate(runs) for number, name in enumerate(one.waiting)}
    requests = {key: runs[place].waiting[name][1] for (place, name), key in keys.items()}
    try:
        answers = answered(requests)
    except (InputError, UsageError, duckdb.Error) as error:
        if len(runs) == 1:
            runs[0].problem = str(error).splitlines()[0]
            runs[0].waiting.clear()
            return
        middle = len(runs) // 2
        _next_round(runs[:middle])
        _next_round(runs[middle:])
        return
    for place, one in enumerate(runs):
        one.advance({name: answers[keys[place, name]] for name in list(one.waiting)})


def verdict(one: Run) -> Verdict:
    """Every expected value against what came out; of an erratum also that a printed value does not come out."""
    example, told, faults = one.example, [], []
    if example.reason:
        return Verdict(False, f"{example.name} | {example.title} | out of scope, not run: {example.reason}", is_in_scope=False)
    if one.problem:
        return Verdict(False, f"{example.name} | {example.title} | not run: {one.problem} | WRONG")
    values: dict[str, Fraction] = {}
    for expected in example.expected:
        text, fault, value = compared(expected, one.done)
        told.append(text)
        faults += [fault] if fault else []
        if value is not None:
            values[expected.name] = value
    if example.status == ERRATUM:
        text, fault = printed(example, values)
        told.append(text)
        faults += [fault] if fault else []
    return Verdict(
        not faults, f"{example.name} | {example.title} | {'; '.join(told)} | {'WRONG: ' + '; '.join(faults) if faults else 'ok'}"
    )


def compared(expected: Expected, steps: Mapping[str, Step]) -> tuple[str, str, Fraction | None]:
    """An expected value beside the output: the text, the fault if any, and the value in the unit asked for."""
    step = steps.get(expected.step)
    got: Output | None = step.outputs.get(expected.address) if step else None
    where = ".".join(filter(None, (expected.step, *expected.address)))
    if got is None:
        return f"{expected.name} {expected.value} {expected.unit}".rstrip(), f"{expected.name}: there is no output {where}", None
    if isinstance(expected.value, bool | str) or isinstance(got, bool | str):
        is_same = type(expected.value) is type(got) and expected.value == got
        return f"{expected.name} {word(expected.value)} got {word(got)}", "" if is_same else f"{expected.name} differs", None
    unit = parse(expected.unit)
    if not agree(got[1], unit.powers):
        return (
            f"{expected.name} {expected.value} {expected.unit}",
            f"{expected.name} is {kind_of(plain(got[1]))}, not {expected.unit}",
            None,
        )
    value = got[0] / unit.base
    text = f"{expected.name} {shown(Fraction(expected.value))} got {shown(value)} {expected.unit}".rstrip()
    return text, "" if is_close(value, Fraction(expected.value), expected.rel_tol) else f"{expected.name} differs", value


def is_close(got: Fraction, value: Fraction, tolerance: Fraction) -> bool:
    """Whether two numbers agree relative to the larger."""
    return abs(got - value) <= tolerance * max(abs(got), abs(value))


def printed(example: Example, values: Mapping[str, Fraction]) -> tuple[str, str]:
    """Which printed values do not come out: at least one must not, else the printed number is no error."""
    tolerances = {expected.name: expected.rel_tol for expected in example.expected}
    compared_names = [name for name in example.published if name in values]
    wrong = [name for name in compared_names if not is_close(values[name], Fraction(example.published[name]), tolerances[name])]
    if not wrong:
        return "", "no printed value is shown to be wrong"
    return ", ".join(f"{name}: printed {shown(Fraction(example.published[name]))} is shown to be wrong" for name in wrong), ""


def shown(value: Fraction) -> str:
    """A number with at most ten digits."""
    number = decimal(value)
    short = Decimal(f"{number:.9e}").normalize()
    return f"{short:f}" if -7 <= short.adjusted() < 15 else f"{short:e}"


def word(value: object) -> str:
    """A word, a truth value or a number of the file as text."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def told(verdicts: Iterable[Verdict]) -> tuple[list[str], bool]:
    """The lines of a run, the count last, and whether every example holds."""
    every = list(verdicts)
    counted = [one for one in every if one.is_in_scope]
    right = sum(one.is_right for one in counted)
    return [*(one.line for one in every), f"examples: {right} of {len(counted)}"], right == len(counted)
