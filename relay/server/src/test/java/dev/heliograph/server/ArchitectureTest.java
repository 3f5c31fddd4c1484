package dev.heliograph.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The arrows between the packages are those that CONTRIBUTING.md draws: from the edge to the middle, never back.
@AnalyzeClasses(packages = "dev.heliograph", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String SERVER = "dev.heliograph.server.";
    private static final Path PICTURE = Path.of("..", "..", "CONTRIBUTING.md");
    private static final Pattern ARROW = Pattern.compile("(?m)^ *(\\w+) --> (\\w+(?: & \\w+)*)$");

    /// Any package may know them, so the picture leaves these arrows out.
    private static final Set<String> KNOWN_TO_ALL = Set.of("config", "ip", "observe");

    @ArchTest
    static void thePictureShowsTheArrowsThatAreThere(JavaClasses classes) throws IOException {
        assertThat(arrowsBetween(classes)).isEqualTo(arrowsOf(Files.readString(PICTURE)));
    }

    @ArchTest
    static final ArchRule noPackageIsPartOfACircle =
            slices().matching(SERVER + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsHelidon = noClasses()
            .that(not(resideInAnyPackage(
                    "dev.heliograph.server",
                    "..server.transport..",
                    "..server.api..",
                    "..server.admin..",
                    "..server.http..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon..");

    /// Whoever stores and delivers knows the port.
    @ArchTest
    static final ArchRule onlyTheWiringKnowsWhichBrokerItIs = noClasses()
            .that(not(resideInAnyPackage("dev.heliograph.server", "..server.broker.redis..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..server.broker.redis..");

    @ArchTest
    static final ArchRule addressesKnowNobody = noClasses()
            .that()
            .resideInAPackage("..server.ip..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.heliograph..").and(not(resideInAPackage("..server.ip.."))));

    @ArchTest
    static final ArchRule whatIsObservedIsNotKnownToTheObserver = noClasses()
            .that()
            .resideInAPackage("..server.observe..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.heliograph.server..")
                    .and(not(resideInAnyPackage("..server.observe..", "..server.config.."))));

    @ArchTest
    static final ArchRule onlyTheWiringKnowsWhichControlStoreItIs = noClasses()
            .that(not(
                    resideInAnyPackage("dev.heliograph.server", "..server.control.sql..", "..server.control.redis..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..server.control.sql..", "..server.control.redis..");

    @ArchTest
    static final ArchRule framingIsPure = classes()
            .that()
            .resideInAPackage("..server.websocket..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..server.websocket..",
                    "java.lang..",
                    "java.util..",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theProtocolKnowsNeitherSide = noClasses()
            .that()
            .resideInAPackage("dev.heliograph.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.heliograph.server..", "dev.heliograph.client..");

    private static Set<String> arrowsBetween(JavaClasses classes) {
        Set<String> arrows = new TreeSet<>();
        classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .forEach(dependency -> addArrow(dependency, arrows));
        return arrows;
    }

    private static void addArrow(Dependency dependency, Set<String> arrows) {
        String from = dependency.getOriginClass().getPackageName();
        String to = dependency.getTargetClass().getPackageName();
        if (from.startsWith(SERVER) && to.startsWith(SERVER)) {
            String origin = feature(from);
            String target = feature(to);
            if (!origin.equals(target) && !KNOWN_TO_ALL.contains(target)) {
                arrows.add(origin + " --> " + target);
            }
        }
    }

    /// The package right below the server's: one that is further down is a part of it.
    private static String feature(String name) {
        return name.substring(SERVER.length()).split("\\.", 2)[0];
    }

    private static Set<String> arrowsOf(String picture) {
        Set<String> arrows = new TreeSet<>();
        Matcher line = ARROW.matcher(picture);
        while (line.find()) {
            for (String to : line.group(2).split(" & ")) {
                arrows.add(line.group(1) + " --> " + to);
            }
        }
        return arrows;
    }
}
