package dev.heliograph.console.desktop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What knows what in the console.
class ArchitectureTest {

    private static final String ROOT = "dev.heliograph.console.";
    private static final String DESKTOP = ROOT + "desktop.";
    private static final Pattern TESTS = Pattern.compile(".*[-/]test(-classes)?/dev/heliograph/.*");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.matches(TESTS))
            .importPackages("dev.heliograph.console");

    @Test
    void theCoreHasNoToolkit() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT + "desktop..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "javafx..", "java.awt..", "javax.swing..", "atlantafx..", "org.kordamp..", ROOT + "desktop.."))
                .check(CLASSES);
    }

    @Test
    void nothingButTheClientsKnowsTheNetwork() {
        noClasses()
                .that(DescribedPredicate.not(
                        resideInAnyPackage(ROOT + "api", ROOT + "alerts", ROOT + "overview", DESKTOP + "app")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "javax.net.ssl.."))
                .check(CLASSES);
    }

    @Test
    void thePagesDoNotKnowEachOther() {
        Set<String> pages = pages();
        assertThat(CLASSES).hasSizeGreaterThan(100);
        for (String page : pages) {
            String[] others = pages.stream()
                    .filter(other -> !other.equals(page))
                    .map(other -> DESKTOP + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage(DESKTOP + page + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others))
                    .orShould()
                    .dependOnClassesThat(resideInAnyPackage(DESKTOP + "app..", DESKTOP + "shell.."))
                    .check(CLASSES);
        }
    }

    @Test
    void controlsAndThemeKnowNoPage() {
        noClasses()
                .that(resideInAnyPackage(DESKTOP + "ui..", DESKTOP + "theme.."))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "desktop..")
                        .and(DescribedPredicate.not(resideInAnyPackage(DESKTOP + "ui..", DESKTOP + "theme.."))))
                .check(CLASSES);
    }

    @Test
    void onlyTheApplicationPutsItTogether() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(DESKTOP + "app")))
                .should()
                .dependOnClassesThat(resideInAPackage(DESKTOP + "app"))
                .check(CLASSES);
    }

    private static Set<String> pages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(DESKTOP))
                .map(name -> name.substring(DESKTOP.length()).split("\\.", 2)[0])
                .filter(name ->
                        !Set.of("app", "markdown", "shell", "theme", "ui").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
