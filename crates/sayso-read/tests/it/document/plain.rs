//! Plain text: what a browser's copy-and-paste leaves.

use super::{outline, read};
use insta::assert_snapshot;

const PASTED: &str = "Politics

Who Pays for the Storm Wall?

By  |

That is what the harbour board wants to know, and so do I.

From the Harbour Gazette:

The board has paid for half of the wall, its engineer said. The other half was never billed.

“Nobody asked us,” says a clerk.

So then, who is to blame? I would not guess, but as Mara Voss points out

What nobody has said is that the wall was ordered twice.

Too late for that?

  • http://pier.example/ Bo Ek

    I saw the crates.

    They were new.

  • windward

    It is the same every year.
";

#[test]
fn a_pasted_post_with_comments() {
    assert_snapshot!(outline(&read(PASTED)));
    assert_eq!(read(PASTED).text, PASTED);
}

#[test]
fn quotations_apart_by_dots_and_an_apology_that_goes_on() {
    let text = "The board has launched a review of the pier, “its first in years.”
One of its aims was to find who ordered the wall:
“We are asking everyone,” Brandt said.
“That includes the mayor.”
…
“The aim is to find the bill,” the clerk said.
The bill has not been found.
Update: I would like to apologize to readers. I should not have trusted the clerk.
I would also like to thank those who wrote.";
    assert_snapshot!(outline(&read(text)));
}

#[test]
fn mail_with_wrapped_lines_and_nested_marks() {
    let text = "The storm came in from the west on Tuesday night, and by the morning
nobody could say where the boats had gone. The harbour master wrote:

> We lost four boats, and the ferry company
> says that it lost none:
>
> > All our boats are at
> > their moorings.

He would not say whose they were, and asked the reporters to
leave.
";
    assert_snapshot!(outline(&read(text)));
}

#[test]
fn comments_signed_in_other_ways() {
    let says = "The Pier\n\nIt is closed, and nobody knows why it was closed.\n\n2 Responses to “The Pier”\n\nAnn Lee says:\nJuly 4, 2011 at 9:15 am\n\nI do.\n\nwindward says:\n\nSo do I.\n\nLeave a Reply\n";
    let footers = "The Pier\n\nIt is closed, and nobody knows why it was closed.\n\nComments\n\nI do.\n\nPosted by: Ann Lee | July 4, 2011 9:15 AM\n\nSo do I.\n\nPosted by: windward | July 5, 2011 9:15 AM\n";
    let replies = "The Pier\n\nIt is closed, and nobody knows why it was closed.\n\n2 comments\n\nAnn Lee • 3 years ago\n\nI do.\n\nwindward > Ann Lee • 3 years ago\n\nTell us.\n";
    assert_snapshot!([says, footers, replies].map(|text| outline(&read(text))).join("\n"));
}

#[test]
fn a_list_is_no_thread() {
    let read = read(
        "What to bring to the regatta this year, says the committee.\n\n• boots\n\n• a hat\n\n• something to eat\n",
    );
    assert!(read.blocks.iter().all(|block| !block.kind.holds_blocks()), "{}", outline(&read));
}
