"""Labels that stand clear of each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.figures.labels import Rectangle, extent, placed, spread

pixels = st.floats(min_value=0, max_value=400, allow_nan=False)


@given(st.lists(pixels, min_size=1, max_size=8))
def test_labels_in_a_column_never_overlap_and_stay_inside(wanted: list[float]) -> None:
    heights = [30.0] * len(wanted)
    tops = sorted(spread(wanted, heights, frame=400))
    assert all(lower - upper >= 30 - 1e-6 for upper, lower in pairwise(tops))
    assert tops[0] >= 0
    assert tops[-1] + 30 <= 400 + 1e-6


@given(st.lists(pixels, min_size=1, max_size=8, unique=True))
def test_labels_in_a_column_keep_the_order_of_what_they_name(wanted: list[float]) -> None:
    tops = spread(wanted, [20.0] * len(wanted), frame=400)
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    assert order == sorted(range(len(wanted)), key=lambda k: (tops[k], wanted[k]))


def test_a_label_alone_stands_where_it_wants_to() -> None:
    assert spread([100], [20], frame=400) == [90]


def test_labels_of_crowded_marks_cover_neither_marks_nor_each_other() -> None:
    anchors = [(200.0, 200.0), (210.0, 205.0), (205.0, 190.0), (195.0, 210.0)]
    places = placed(anchors, [["A: Nash, leximin"]] * 4, frame=(600, 400), size=12)
    marks = [Rectangle(x - 8, y - 8, 16, 16) for x, y in anchors]
    for number, place in enumerate(places):
        assert all(place.overlap(other) == 0 for other in places[:number] + marks)


def test_a_label_at_the_edge_is_not_cut_off() -> None:
    (place,) = placed([(598.0, 2.0)], [["A long label at the corner"]], frame=(600, 400), size=12)
    assert place.overlap(Rectangle(0, 0, 600, 400)) == place.area


def test_a_label_keeps_off_what_is_taken() -> None:
    taken = Rectangle(212, 150, 200, 100)
    (place,) = placed([(200.0, 200.0)], [["North"]], frame=(600, 400), size=12, taken=[taken])
    assert place.overlap(taken) == 0


def test_the_size_of_text_grows_with_letters_and_lines() -> None:
    assert extent(["ab", "abcd"], 10) == (extent(["abcd"], 10)[0], 2 * extent(["abcd"], 10)[1])
