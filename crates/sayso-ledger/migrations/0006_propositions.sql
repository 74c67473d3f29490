-- What a statement says as a sentence by itself, as JSON (`text`, and `needs_context` where it is true); null where its words
-- are no sentence, and in readings from before readers told.
ALTER TABLE statement ADD COLUMN proposition TEXT CHECK (json_valid(proposition));

DROP VIEW statements;
CREATE VIEW statements AS
SELECT lower(hex(st.id)) AS id, lower(hex(d.id)) AS document, d.site, d.title, d.published,
       so.name AS source, so.kind AS source_kind, so.outlet AS source_outlet,
       (SELECT group_concat(name, ' <- ') FROM (
            SELECT via.name FROM go_between g JOIN source via ON via.key = g.source
            WHERE g.statement = st.key ORDER BY g.position)) AS via,
       (SELECT group_concat(CAST(substr(CAST(d.text AS BLOB),
                   json_extract(value, '$[0]') + 1,
                   json_extract(value, '$[1]') - json_extract(value, '$[0]')) AS TEXT), ' … ')
          FROM json_each(st.content)) AS words,
       st.stance, st.manner, st.confidence, st.block, st.source_spans, st.cue, st.content,
       lower(hex(st.within)) AS within,
       json_extract(st.proposition, '$.text') AS proposition
FROM statement st
JOIN reading r ON r.key = st.reading
JOIN document d ON d.key = r.document
JOIN source so ON so.key = st.source
WHERE r.key = (SELECT max(key) FROM reading WHERE document = r.document);
