"""`colibri simulate`: weeks of a collective under the plan and under other ways of boosting."""
