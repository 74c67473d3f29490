-- Pages that speak of their own faults are few, and are looked for among all.
CREATE INDEX document_noticed ON document (key) WHERE instr(blocks, '"kind":"notice"') > 0;

-- Statements that were read with little confidence come first in the queue of what a person should look at.
CREATE INDEX statement_confidence ON statement (confidence);

-- Rival hypotheses: each step of somebody's work on a question, chained to the step before it by its id as acts are.
CREATE TABLE hypothesis_step (
    key      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    previous BLOB UNIQUE CHECK (length(previous) = 16),
    question BLOB NOT NULL CHECK (length(question) = 16),
    step     TEXT NOT NULL CHECK (json_valid(step)),
    by       TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;

CREATE INDEX hypothesis_step_question ON hypothesis_step (question);
