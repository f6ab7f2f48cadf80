import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates one PDF against veraPDF flavours: VeraCheck FILE FLAVOUR...
 *
 * <p>Prints tab-separated lines: "failed, flavour, rule, occurrences, message" for each failed rule, and for each flavour
 * "verdict, flavour, compliant or refused, number of assertions", so that a reader can tell a clean file from a validator that did nothing.
 */
public final class VeraCheck {
  private VeraCheck() {}

  public static void main(String[] words) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    Path pdf = Path.of(words[0]);
    for (int i = 1; i < words.length; i++) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(words[i]);
      if (flavour == PDFAFlavour.NO_FLAVOUR || !flavour.getId().equals(words[i])) {
        throw new IllegalArgumentException("no such flavour: " + words[i]);
      }
      print(words[i], validate(pdf, flavour));
    }
  }

  private static ValidationResult validate(Path pdf, PDFAFlavour flavour) throws Exception {
    var foundry = Foundries.defaultInstance();
    try (var stream = Files.newInputStream(pdf);
        var parser = foundry.createParser(stream, flavour);
        var validator = foundry.createValidator(flavour, /* logPassed= */ false)) {
      return validator.validate(parser);
    }
  }

  private static void print(String flavour, ValidationResult result) {
    Map<String, Integer> failed = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        var rule = assertion.getRuleId();
        String message = String.valueOf(assertion.getMessage()).replaceAll("\\s+", " ");
        failed.merge(rule.getClause() + "-" + rule.getTestNumber() + "\t" + message, 1, Integer::sum);
      }
    }
    failed.forEach((rule, count) -> {
      String[] parts = rule.split("\t", 2);
      System.out.println(String.join("\t", "failed", flavour, parts[0], String.valueOf(count), parts[1]));
    });
    String verdict = result.isCompliant() ? "compliant" : "refused";
    System.out.println(String.join("\t", "verdict", flavour, verdict, String.valueOf(result.getTotalAssertions())));
  }
}
