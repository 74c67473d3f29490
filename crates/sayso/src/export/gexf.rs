//! GEXF 1.3: the graph for Gephi, with the times at which edges appear.

use super::ExportError;
use super::graph::{edges, nodes, xml};
use super::records::Walk;
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>sayso</creator></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="dateTime" timerepresentation="timestamp">
<attributes class="node" mode="static">
<attribute id="sort" title="sort" type="string"/>
<attribute id="standing" title="standing" type="string"/>
<attribute id="unnamed" title="unnamed" type="boolean"/>
</attributes>
<attributes class="edge" mode="static">
<attribute id="at" title="at" type="string"/>
<attribute id="document" title="document" type="string"/>
<attribute id="url" title="url" type="string"/>
<attribute id="words" title="words" type="string"/>
</attributes>
<nodes>
"#;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut items = 0;
    out.write_all(HEAD.as_bytes())?;
    nodes(walk, &mut |node| {
        write!(out, "<node id=\"{}\" label=\"{}\"><attvalues>", xml(&node.id), xml(&node.label))?;
        value(out, "sort", Some(node.kind))?;
        value(out, "standing", node.standing.as_deref())?;
        value(out, "unnamed", node.unnamed.map(|unnamed| if unnamed { "true" } else { "false" }))?;
        out.write_all(b"</attvalues></node>\n")?;
        items += 1;
        Ok(())
    })?;
    out.write_all(b"</nodes>\n<edges>\n")?;
    edges(walk, &mut |edge| {
        let [id, from, to] = [&edge.id, &edge.from, &edge.to].map(|name| xml(name));
        write!(
            out,
            "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\" kind=\"{0}\" label=\"{0}\"",
            edge.kind
        )?;
        // A day alone is a time of the calendar too.
        if let Some(second) = edge.at.as_deref().and_then(sayso_weigh::first_second)
            && let Ok(at) = jiff::Timestamp::from_second(second)
        {
            write!(out, " timestamp=\"{at}\"")?;
        }
        out.write_all(b"><attvalues>")?;
        value(out, "at", edge.at.as_deref())?;
        value(out, "document", Some(&edge.document))?;
        value(out, "url", edge.url.as_deref())?;
        value(out, "words", Some(&edge.words))?;
        out.write_all(b"</attvalues></edge>\n")?;
        items += 1;
        Ok(())
    })?;
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")?;
    Ok(items)
}

fn value(out: &mut dyn Write, name: &str, value: Option<&str>) -> io::Result<()> {
    value.map_or(Ok(()), |value| write!(out, "<attvalue for=\"{name}\" value=\"{}\"/>", xml(value)))
}
