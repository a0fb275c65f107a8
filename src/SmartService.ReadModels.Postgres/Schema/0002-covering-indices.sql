-- What the log is filtered by and what figures count stands in the indices, as keys: PostgreSQL judges a condition within an index by key columns only.
-- A filter that few rows pass then looks at few rows, and figures are counted without a look at the rows.

DROP INDEX read_models.questions_newest;
CREATE INDEX questions_newest ON read_models.questions (tenant, position, at, language, intent, confidence, outcome, unanswered, reason, foreseen, source_kind);
DROP INDEX read_models.questions_at;
CREATE INDEX questions_at ON read_models.questions (tenant, at, intent, outcome, reason, unanswered, foreseen, answered_at);
DROP INDEX read_models.conversations_opened;
CREATE INDEX conversations_opened ON read_models.conversations (tenant, opened_at, handed_off, score);

-- A store's first visit, without a walk through what came before it.
CREATE INDEX timeline_visits ON read_models.timeline (tenant, position) WHERE kind = 'customer-visited';
