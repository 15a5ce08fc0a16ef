"""A slide that is higher than the screen is made to fit; the others stay as they are."""

import browser
import pytest

from hopfield_edu._handout import slides

REVEAL = """<script>
const Reveal = {getCurrentSlide: () => document.querySelector(".now"), on: () => null,
  getSlides: () => [...document.querySelectorAll("section > section")]};
</script>"""
PARTS = """<div class="reveal"><div class="slides"><section>
<section><p style="height: 300px">low</p></section>
<section><p style="height: 400px">high</p><p style="height: 600px">and higher</p></section>
<section><p style="height: 3000px">endless</p></section>
</section></div></div>"""
FITTED = """number => {
    document.querySelectorAll(".now").forEach(slide => slide.classList.remove("now"));
    const slide = document.querySelectorAll("section > section")[number];
    slide.classList.add("now");
    fit();
    return [slide.scrollHeight, Number(slide.firstElementChild.style.zoom)];
}"""


@pytest.mark.slow
def test_what_is_higher_than_the_screen_is_made_smaller(browser_or_skip: None) -> None:
    with browser.chromium() as chromium:
        page = chromium.new_page()
        page.set_content(f"<style>{slides.STYLE}</style>{PARTS}{REVEAL}<script>{slides.FIT}</script>")
        (low, same), (high, smaller), (endless, smallest) = (page.evaluate(FITTED, k) for k in range(3))
    assert low <= 720 and same == 1
    assert high <= 720 and 0.6 <= smaller < 0.8
    assert endless > 720 and 0.45 < smallest <= 0.55  # it scrolls, and can still be read


@pytest.mark.slow
def test_printed_slides_are_all_made_smaller_and_nothing_is_cut_off(browser_or_skip: None) -> None:
    with browser.chromium() as chromium:
        page = chromium.new_page()
        page.goto("about:blank?print-pdf")
        page.set_content(f"<style>{slides.STYLE}</style>{PARTS}{REVEAL}<script>{slides.FIT}; fit()</script>")
        sizes = page.evaluate("Reveal.getSlides().map(s => Number(s.firstElementChild.style.zoom))")
        heights = "Reveal.getSlides().map(s => s.scrollHeight - s.clientHeight)"
        page.emulate_media(media="print")
        assert page.evaluate(heights) == [0, 0, 0]
    assert sizes[0] == 1 and 0.6 <= sizes[1] < 0.8 and 0.25 < sizes[2] <= 0.35
