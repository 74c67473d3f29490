"""Asks a ledger six questions through the official Model Context Protocol client.

    ask_by_mcp.py SAYSO LEDGER

LEDGER holds the example story. Prints one line for each question; the first that is not answered as it should be ends
it with a status other than 0.
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters

SAYSO, LEDGER = sys.argv[1:]
TOOLS = ["ask", "claim", "chain", "source", "document", "search", "corrections"]


async def main():
    server = StdioServerParameters(command=SAYSO, args=["mcp", "--ledger", LEDGER])
    async with Client(server) as client:
        offered = [tool.name for tool in (await client.list_tools()).tools]
        assert offered == TOOLS, offered

        async def call(tool, **arguments):
            result = await client.call_tool(tool, arguments)
            assert not result.is_error, result
            assert json.loads(result.content[0].text) == result.structured_content
            return result.structured_content

        answer = await call("ask", question="The barrels carry filling stamps of April 2019.")
        print("ask:", answer["count"], answer["standing"])
        statement = answer["says_so"][0]["statement"]
        chain = await call("chain", statement=statement)
        print("chain:", len(chain["links"]), "links")
        claim = await call("claim", id=chain["claim"])
        print("claim:", claim["count"])
        source = await call("source", name="Northwire")
        print("source:", source["heard"]["said"], "statements")
        found = await call("search", words="barrels")
        print("search:", len(found["found"]), "statements")
        uri = "sayso://document/" + answer["says_so"][0]["page"]["document"]
        page = await client.read_resource(uri)
        text = page.contents[0].text
        assert "untrusted content" in text and answer["says_so"][0]["quote"].split("\n")[0] in text
        print("resource:", len(text), "characters")


asyncio.run(main())
