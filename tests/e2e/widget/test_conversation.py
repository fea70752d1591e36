"""A conversation in the browser: asking, answers of every kind, and what survives."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Route, expect

from tests.e2e.widget.conftest import Served, Visit
from tests.e2e.widget.script import HEADING, QUOTE

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
MESSAGES = "**/webhooks/website/messages*"


async def test_nothing_but_the_launcher_is_loaded_before_it_is_clicked(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin)
    await expect(chat.launcher).to_be_visible()
    loaded = await chat.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [name for name in loaded if name.startswith(served.origin)] == [f"{served.origin}/embed.js"]


async def test_the_greeting_says_what_this_is_and_only_once(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await expect(chat.log).to_contain_text("I'm Demo Clinic's automated assistant.")
    await expect(chat.log).to_contain_text("general information, not medical advice")
    await chat.ask("which first?")
    await expect(chat.log).not_to_contain_text("I am told to say")


async def test_a_suggested_question_is_asked_by_one_press(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    await chat.button("Which goes first?").click()
    await expect(chat.answers.first).to_contain_text("Generally Botox goes first.")
    assert served.bot.heard[-1][1] == "Which goes first?"
    await expect(chat.input).to_be_focused()
    await expect(chat.frame.get_by_role("group", name="Suggested questions")).to_have_count(0)


async def test_a_quick_reply_sends_its_payload_and_shows_its_title(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    await chat.button("Why wait?").click()
    await expect(chat.answers.last).to_contain_text("Because the article says so.")
    assert served.bot.heard[-1][1] == "/why_timing"
    await expect(chat.log.locator(".user").last).to_have_text("You: Why wait?")
    await expect(chat.button("Why wait?")).to_have_count(0)


async def test_an_answer_ends_in_one_card_with_its_source_and_the_offer_to_talk(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    await expect(chat.answers.first.locator(".source, button")).to_have_count(0)
    card = chat.answers.last.locator(".closing")
    await expect(card).to_contain_text("Ask a professional: 403-555-0100.")
    await expect(chat.answers.last.locator(".bubble")).to_have_count(0)
    await expect(card.get_by_role("button", name="Talk to someone")).to_be_visible()
    await expect(card.locator("summary")).to_have_text("What the article says")
    await expect(card.get_by_text(QUOTE)).to_be_hidden()
    await card.locator("summary").click()
    await expect(card.get_by_role("figure", name=HEADING).get_by_text(QUOTE)).to_be_visible()
    await expect(chat.frame.get_by_role("group", name="Suggested replies").get_by_role("button")).to_have_count(1)


async def test_an_answer_can_be_rated_and_the_word_can_be_changed(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    sent: list[object] = []
    chat.page.on("request", lambda request: sent.append((request.url.split("/")[-1], request.post_data)))
    rating = chat.frame.get_by_role("group", name="Was this helpful?")
    await rating.get_by_role("button", name="Not helpful").click()
    await expect(chat.frame.get_by_role("status")).to_contain_text("Thank you.")
    await chat.page.reload()
    await expect(rating.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")
    await rating.get_by_role("button", name="Helpful", exact=True).click()
    await expect(rating.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    await expect(rating.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "false")
    values = [json.loads(str(body))["value"] for path, body in sent if path == "feedback"]
    assert values == ["down", "up"]


async def test_of_a_red_flag_it_is_not_asked_whether_the_answer_helped(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("chest")
    await expect(chat.log.locator(".rating")).to_have_count(0)


async def test_a_source_without_a_closing_stands_with_its_answer(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("dates")
    await expect(chat.answers.first.locator(".source figcaption")).to_have_text(HEADING)


async def test_a_timing_answer_is_drawn_and_said_in_words(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("dates")
    name = (
        "Timeline. Botox on Thu 12 Nov. Then the article's minimum: at least 14 days. Earliest day for "
        "microneedling: Thu 26 Nov. Microneedling planned on Sun 22 Nov, 10 days after Botox: sooner than "
        "the article's minimum."
    )
    await expect(chat.log.get_by_role("img", name=name)).to_be_visible()


@pytest.mark.parametrize("dated", ["", " dated"])
async def test_no_two_names_of_the_timeline_lie_on_each_other(visit: Visit, dated: str) -> None:
    chat = await visit(viewport={"width": 320, "height": 640})
    await chat.open()
    overlaps = """() => [...document.querySelectorAll(".timeline")].flatMap(figure => {
        const texts = [...figure.querySelectorAll("text")];
        const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]);
        const frame = figure.getBoundingClientRect();
        const cut = boxes.filter(([_, box]) => box.left < frame.left || box.right > frame.right).map(([text]) => text);
        const pairs = boxes.flatMap((one, i) => boxes.slice(i + 1).map(other => [one, other]));
        const lie = ([[, a], [, b]]) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
        return [...cut, ...pairs.filter(lie).map(([[one], [other]]) => `${one} / ${other}`)];
    })"""
    for days in (0, 1, 4, 7, 12, 13, 14, 15, 16, 18, 21, 27, 29, 60):
        await chat.ask(f"gap {days}{dated}")
        assert await chat.page.frames[1].evaluate(overlaps) == [], days


async def test_an_emergency_stands_out_and_its_number_can_be_called(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("chest")
    await expect(chat.log.locator(".urgent")).to_contain_text("Call 911 now.")
    call = chat.log.get_by_role("link")
    await expect(call).to_have_accessible_name("Call 911")
    assert await call.get_attribute("href") == "tel:911"
    bubble = await chat.log.locator(".urgent .bubble").bounding_box() or {}
    box = await call.bounding_box() or {}
    assert box["height"] >= 44 and box["width"] >= bubble["width"] - 40
    await expect(chat.log.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
async def test_every_number_to_call_is_a_button_of_its_own_across_the_bubble(visit: Visit, width: int) -> None:
    chat = await visit(viewport={"width": width, "height": 740})
    await chat.open()
    await chat.ask("numbers")
    calls = await chat.log.get_by_role("link").all()
    assert [await call.get_attribute("href") for call in calls] == ["tel:911", "tel:811", "tel:988"]
    inside = "bubble => bubble.clientWidth - 2 * parseFloat(getComputedStyle(bubble).paddingLeft)"
    wide = await chat.answers.last.locator(".bubble").evaluate(inside)
    assert [await call.evaluate("call => call.offsetWidth") for call in calls] == [wide] * 3


async def test_what_anybody_says_is_text_never_markup(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("markup")
    await chat.ask("<i id=mine>mine</i>")
    await expect(chat.log).to_contain_text("<img src=x onerror=alert(1)> <b>bold</b>")
    await expect(chat.log).to_contain_text("<i id=mine>mine</i>")
    await expect(chat.log.locator("img, b, #mine")).to_have_count(0)


async def test_the_conversation_survives_a_reload_with_all_that_belongs_to_it(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    await chat.ask("dates")
    before = await chat.log.inner_text()
    await chat.page.reload()
    await expect(chat.answers).to_have_count(3)
    assert await chat.log.inner_text() == before
    await chat.ask("again")
    await expect(chat.log).not_to_contain_text("I am told to say")


async def test_a_second_tab_is_a_conversation_of_its_own(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    async with chat.page.expect_popup() as popup:
        # A tab that another one opens starts with a copy of its storage, as a duplicated tab does.
        await chat.page.evaluate("window.open(location.href)")
    other = type(chat)(await popup.value)
    await expect(other.log).to_contain_text("automated assistant")
    await expect(other.button("Which goes first?")).to_be_visible()
    await other.ask("dates")
    assert served.bot.heard[-1][0] != served.bot.heard[-2][0]


async def test_a_message_that_could_not_be_sent_waits_and_goes_out_once(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("first")
    await chat.page.context.set_offline(True)
    await chat.say("while offline")
    await expect(chat.frame.get_by_role("alert")).to_contain_text("no connection")
    await expect(chat.log.locator(".user").last).to_contain_text("Not sent")
    await chat.button("Try again").click()
    await expect(chat.frame.get_by_role("alert")).to_contain_text("no connection")
    await chat.page.context.set_offline(False)
    # Back online it goes out by itself.
    await expect(chat.log.locator(".mark")).to_have_count(0)
    await expect(chat.answers).to_have_count(4)
    assert [text for _, text in served.bot.heard].count("while offline") == 1


async def test_an_answer_that_was_lost_on_the_way_comes_again_and_is_asked_once(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    ids: list[str] = []

    async def lose_the_first(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "{}")["id"])
        if len(ids) == 1:
            await route.fetch()  # the bot answers, the browser never hears it
            await route.abort()
        else:
            await route.continue_()

    await chat.page.route(MESSAGES, lose_the_first)
    await chat.say("lost and found")
    await chat.button("Try again").click()
    await expect(chat.answers.first).to_contain_text("Generally Botox goes first.")
    assert ids[0] == ids[1]
    assert [text for _, text in served.bot.heard].count("lost and found") == 1


async def test_a_reload_while_an_answer_is_on_its_way_loses_nothing(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    served.bot.may_answer.clear()
    await chat.say("slow one")
    await expect(chat.frame.get_by_role("status")).to_contain_text("Answering")
    await chat.page.reload()
    await expect(chat.log).to_contain_text("slow one")
    served.bot.may_answer.set()
    await expect(chat.answers.first).to_contain_text("Generally Botox goes first.")
    await expect(chat.log.locator(".user")).to_have_count(1)
    assert [text for _, text in served.bot.heard].count("slow one") == 1


async def test_the_servers_own_reason_is_shown_and_the_text_comes_back(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.page.route(MESSAGES, lambda route: route.fulfill(status=400, json={"error": "It is not text."}))
    await chat.say("odd")
    await expect(chat.frame.get_by_role("alert")).to_have_text("It is not text.")
    await expect(chat.input).to_have_value("odd")
    await expect(chat.button("Try again")).to_have_count(0)


async def test_a_paste_that_is_too_long_is_said_before_it_is_sent_and_stays_whole(
    visit: Visit, served: Served, axe: str
) -> None:
    chat = await visit(permissions=["clipboard-read", "clipboard-write"])
    await chat.open()
    await chat.ask("dates")
    pasted = "\N{GRINNING FACE}" + "a" * 1000
    await chat.page.frames[1].evaluate("text => navigator.clipboard.writeText(text)", pasted)
    heard = len(served.bot.heard)
    await chat.page.keyboard.press("Control+V")
    told = chat.frame.get_by_text("This is too long to send: please shorten it to 1,000 characters.")
    await expect(told).to_be_visible()
    await expect(chat.frame.get_by_text("1,001 / 1,000")).to_be_visible()
    assert await chat.violations(axe) == []
    await chat.input.press("Enter")
    await chat.button("Send").click()
    await expect(chat.input).to_have_value(pasted)
    assert len(served.bot.heard) == heard
    await chat.input.press("Backspace")
    await expect(told).to_have_count(0)
    await chat.input.press("Enter")
    await expect(chat.answers).to_have_count(3)
    assert served.bot.heard[-1][1] == pasted[:-1]


async def test_ending_the_chat_ends_it_on_the_server_too(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    token = await chat.page.frames[1].evaluate("sessionStorage.getItem('tandem-token')")
    await chat.choose("End the chat")
    await expect(chat.frame.get_by_role("dialog")).to_contain_text("cannot be continued")
    await chat.frame.get_by_role("dialog").get_by_role("button", name="End the chat").click()
    await expect(chat.log).to_have_text("The chat has ended.Start a new chat")
    request = chat.page.context.request
    listed = await request.get(
        f"{served.origin}/webhooks/website/messages", headers={"Authorization": f"Bearer {token}"}
    )
    assert listed.status == 401
    await chat.button("Start a new chat").click()
    await expect(chat.input).to_be_focused()
    await chat.ask("a new one")
    assert served.bot.heard[-1][0] != served.bot.heard[-2][0]


async def test_a_conversation_that_is_over_for_the_server_goes_on_in_a_new_one(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    frame = chat.page.frames[1]
    ended = "fetch('/webhooks/website/session', {method: 'DELETE', headers: {Authorization: 'Bearer ' + "
    await frame.evaluate(f"{ended} sessionStorage.getItem('tandem-token')}}}})")
    await chat.button("Why wait?").click()
    await expect(chat.log).to_contain_text("a new one has started")
    await expect(chat.answers).to_have_count(4)
    assert served.bot.heard[-1][1] == "Why wait?"


async def test_the_conversation_can_be_downloaded(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    async with chat.page.expect_download() as started:
        await chat.choose("Download the conversation")
    download = await started.value
    text = (await download.path()).read_text()
    assert download.suggested_filename.startswith("conversation-")
    assert "not medical advice" in text
    assert ": which first?\n" in text
    assert f"  Source: {HEADING}: “{QUOTE}”\n" in text


async def test_the_conversation_can_be_copied(visit: Visit, served: Served) -> None:
    chat = await visit(served.clinic.origin, permissions=["clipboard-read", "clipboard-write"])
    await chat.open()
    await chat.ask("which first?")
    await chat.choose("Copy the conversation")
    await expect(chat.frame.get_by_role("status")).to_have_text("The conversation was copied.")
    assert ": which first?\n" in await chat.page.evaluate("navigator.clipboard.readText()")


async def test_a_form_is_drawn_as_it_is_described_and_comes_back_with_its_errors(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    await chat.button("Talk to someone").click()
    name, phone = chat.frame.get_by_label("Your name"), chat.frame.get_by_label("Phone")
    await expect(name).to_have_attribute("autocomplete", "name")
    await expect(phone).to_have_attribute("type", "tel")
    await chat.button("Send request").click()
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("Please fill this in.")
    sent: list[dict[str, object]] = []

    async def refuse(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        sent.append(body["form"])
        fields = [{"name": "name", "label": "Your name"}]
        fields += [{"name": "phone", "label": "Phone", "type": "tel", "error": "That is not a number."}]
        form = {"text": "Almost.", "buttons": [], "form": {"fields": fields}}
        answer = {"messages": [form], "topic": "consult", "language": "en", "timing": None, "sources": []}
        await route.fulfill(json={**answer, "handoff_offered": True})

    await chat.page.route(MESSAGES, refuse)
    await name.fill("A. Person")
    await phone.fill("12")
    await chat.frame.get_by_label("You may call me").check()
    await chat.button("Send request").click()
    await expect(phone).to_have_accessible_description("That is not a number.")
    await expect(name).to_have_value("A. Person")
    assert sent == [{"name": "A. Person", "phone": "12", "email": "", "consent": True}]


async def test_of_several_fields_of_which_one_is_needed_none_is_called_optional(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("reach")
    phone, email = chat.frame.get_by_label("Phone"), chat.frame.get_by_label("E-mail")
    await chat.button("Send these").click()
    await expect(phone).to_be_focused()
    await expect(phone).to_have_accessible_description("Please fill in one of these.")
    await expect(chat.frame.get_by_label("Note (optional)")).to_be_visible()
    await expect(phone).to_have_accessible_name("Phone")
    await email.fill("somebody@clinic.example")
    await chat.button("Send these").click()
    await expect(chat.log).to_contain_text("Details sent")


async def test_a_question_in_between_loses_nothing_that_stands_in_the_form(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("reach")
    await chat.frame.get_by_label("Note (optional)").fill("before noon")
    await chat.ask("reach")
    await expect(chat.frame.get_by_label("Note (optional)")).to_have_value("before noon")
    await chat.ask("which first?")
    await chat.ask("reach")
    await expect(chat.frame.get_by_label("Note (optional)")).to_have_value("")


async def test_what_is_kept_under_seal_is_named_in_words(visit: Visit) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("call 403-555-0100")
    await chat.page.reload()
    await expect(chat.log).to_contain_text("call (your phone number)")


async def test_an_answer_to_a_closed_chat_is_counted_on_the_launcher(visit: Visit, served: Served) -> None:
    chat = await visit()
    await chat.open()
    served.bot.may_answer.clear()
    await chat.say("slow one")
    await chat.page.keyboard.press("Escape")
    await expect(chat.launcher).to_be_focused()
    served.bot.may_answer.set()
    await expect(chat.launcher).to_have_accessible_name("Open the chat with Demo Clinic, 1 new message")
    await expect(chat.page.locator("#tandem-chat").get_by_role("status")).to_have_text("1 new message")
    await chat.open()
    await expect(chat.launcher).to_have_accessible_name("Close the chat with Demo Clinic")
    await expect(chat.answers.first).to_be_visible()
