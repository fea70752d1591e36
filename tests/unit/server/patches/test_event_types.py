import pytest
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered


@pytest.mark.parametrize("event_class", [ActionExecuted, SlotSet, UserUttered])
def test_an_event_is_found_by_its_name_the_second_time_as_the_first(event_class):
    assert Event.resolve_by_type(event_class.type_name) is event_class
    assert Event.resolve_by_type(event_class.type_name) is event_class


def test_an_unknown_name_is_still_refused_after_a_default_was_given_for_it():
    assert Event.resolve_by_type("unheard_of", SlotSet) is SlotSet
    with pytest.raises(ValueError):
        Event.resolve_by_type("unheard_of")
