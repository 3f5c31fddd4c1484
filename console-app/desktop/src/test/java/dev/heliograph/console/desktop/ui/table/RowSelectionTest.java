package dev.heliograph.console.desktop.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowSelectionTest {

    private final RowSelection<String> selection = new RowSelection<>();

    @BeforeEach
    void fiveRows() {
        rows("a", "b", "c", "d", "e");
    }

    private void rows(String... ids) {
        List<String> list = List.of(ids);
        selection.rows(list.size(), list::get);
    }

    @Test
    void pointingSelectsOneRowOnly() {
        selection.point(1, false, false);
        selection.point(3, false, false);

        assertThat(selection.ids()).containsExactly("d");
    }

    @Test
    void pointingAtMoreKeepsWhatIsSelectedAndTakesItBack() {
        selection.point(1, false, false);
        selection.point(3, false, true);
        assertThat(selection.ids()).containsExactly("b", "d");

        selection.point(1, false, true);
        assertThat(selection.ids()).containsExactly("d");
    }

    @Test
    void aRangeReachesFromTheAnchorInBothDirections() {
        selection.point(2, false, false);
        selection.point(4, true, false);
        assertThat(selection.ids()).containsExactlyInAnyOrder("c", "d", "e");

        selection.point(0, true, false);
        assertThat(selection.ids()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aRangeBeginsAtTheAnchorsRowWhereverThatHasMoved() {
        selection.point(0, false, false);

        rows("b", "c", "a", "d", "e");
        selection.point(3, true, false);

        assertThat(selection.ids()).containsExactlyInAnyOrder("a", "d");
    }

    @Test
    void aRangeBeginsWhereTheAnchorsRowWasIfThatIsGone() {
        selection.point(1, false, false);

        rows("a", "c", "d", "e");
        selection.point(2, true, false);

        assertThat(selection.ids()).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void selectedRowsMayMoveGoAndComeBack() {
        selection.point(1, false, false);
        selection.point(2, false, true);

        rows("e", "d", "c", "x");
        assertThat(selection.ids()).containsExactly("b", "c");
        assertThat(selection.missing()).isOne();

        rows("c", "b");
        assertThat(selection.missing()).isZero();
    }

    @Test
    void theCursorGoesWithItsRow() {
        selection.move(1, false, false);
        rows("x", "y", "b", "a");
        assertThat(selection.cursor()).isEqualTo(2);

        rows("x", "y");
        assertThat(selection.cursor()).isEqualTo(1);

        rows("b");
        assertThat(selection.cursor()).isZero();
    }

    @Test
    void theKeyboardStopsAtTheEnds() {
        selection.move(-5, false, false);
        assertThat(selection.ids()).containsExactly("a");

        selection.move(50, false, false);
        assertThat(selection.ids()).containsExactly("e");
    }

    @Test
    void theKeyboardGoesElsewhereWithoutSelectingAndSelectsThere() {
        selection.move(0, false, false);
        selection.move(2, false, true);
        assertThat(selection.ids()).containsExactly("a");

        selection.toggle(selection.cursor());
        assertThat(selection.ids()).containsExactly("a", "c");
    }

    @Test
    void withoutRowsNothingCanBeSelected() {
        rows();
        selection.move(3, false, false);
        selection.all();

        assertThat(selection.ids()).isEmpty();
        assertThat(selection.cursor()).isEqualTo(-1);
    }
}
