//! GraphML: the graph for networkx, igraph, yEd and Gephi.

use super::ExportError;
use super::graph::{edges, nodes, xml};
use super::records::Walk;
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="sort" for="node" attr.name="sort" attr.type="string"/>
<key id="standing" for="node" attr.name="standing" attr.type="string"/>
<key id="unnamed" for="node" attr.name="unnamed" attr.type="boolean"/>
<key id="kind" for="edge" attr.name="kind" attr.type="string"/>
<key id="at" for="edge" attr.name="at" attr.type="string"/>
<key id="document" for="edge" attr.name="document" attr.type="string"/>
<key id="url" for="edge" attr.name="url" attr.type="string"/>
<key id="words" for="edge" attr.name="words" attr.type="string"/>
<graph id="ledger" edgedefault="directed">
"#;

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut items = 0;
    out.write_all(HEAD.as_bytes())?;
    nodes(walk, &mut |node| {
        write!(out, "<node id=\"{}\">", xml(&node.id))?;
        data(out, "label", Some(&node.label))?;
        data(out, "sort", Some(node.kind))?;
        data(out, "standing", node.standing.as_deref())?;
        data(out, "unnamed", node.unnamed.map(|unnamed| if unnamed { "true" } else { "false" }))?;
        out.write_all(b"</node>\n")?;
        items += 1;
        Ok(())
    })?;
    edges(walk, &mut |edge| {
        let [id, from, to] = [&edge.id, &edge.from, &edge.to].map(|name| xml(name));
        write!(out, "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\">")?;
        data(out, "kind", Some(edge.kind))?;
        data(out, "at", edge.at.as_deref())?;
        data(out, "document", Some(&edge.document))?;
        data(out, "url", edge.url.as_deref())?;
        data(out, "words", Some(&edge.words))?;
        out.write_all(b"</edge>\n")?;
        items += 1;
        Ok(())
    })?;
    out.write_all(b"</graph>\n</graphml>\n")?;
    Ok(items)
}

fn data(out: &mut dyn Write, key: &str, value: Option<&str>) -> io::Result<()> {
    value.map_or(Ok(()), |value| write!(out, "<data key=\"{key}\">{}</data>", xml(value)))
}
