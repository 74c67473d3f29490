//! Given names that are borne by men or by women only, nearly everywhere: they tell for whom "he" and "she" can stand.
//! Names that both bear (Alex, Kim, Andrea, Jean, Sam) are in neither list.

use std::sync::LazyLock;

/// Whether a name is a man's, in lower case.
pub(super) fn is_mans(name: &str) -> bool {
    MEN.binary_search(&name).is_ok()
}

/// Whether a name is a woman's, in lower case.
pub(super) fn is_womans(name: &str) -> bool {
    WOMEN.binary_search(&name).is_ok()
}

static MEN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "aaron abdul abdullah abraham adam adolf adrian ahmad ahmed albert alberto aldo alec aleksandar alessandro
     alexander alexandre alexei alfonso alfred ali allan allen alvaro amir anders andre andreas andrei andres
     andrew angus anselm anthony anton antonio antony archibald arjun armando arne arnold aron arthur arturo
     arvid asif atticus august augusto axel barack barry bartholomew bashar benedict benjamin benoit bernard
     bernardo bernd bernie bert bill bjorn bob boris brad brandon brendan brent brett brian bruce bruno byron
     caleb calvin carl carlo carlos cedric charles chester christian christoph christopher chuck clarence claudio
     clement clifford clint colin colm conrad constantin cormac cornelius craig cyril damian damien dan daniel
     dario darren dave david declan dennis derek desmond dick didier diego dieter dimitri dimitrios dirk dmitri
     dmitry dominic don donald doug douglas dwayne dwight eamon ed eddie edgar edmund eduardo edward edwin eli
     elias elijah elon emil emilio emmanuel enrico enrique eric erich erik ernest ernesto ernst erwin esteban
     ethan eugene evan fabian fabio faisal farid felipe felix ferdinand fergus fernando fidel filip floyd
     francesco franco francois frank franklin franz fred frederick friedrich fritz gareth garth gary
     gaston geoffrey georg george georges gerald gerard gerhard gianni gilbert giorgio giovanni giuseppe glen
     glenn gordon graham greg gregor gregory guillermo gunnar gunther gustav halvard hamid hans harald harold
     harry hasan hassan heinrich heinz helmut henri henrik henry herbert herman hiroshi horace horst howard
     hubert hugh hugo hussein ian ibrahim ignacio igor ilya imran isaac ismail ivan ivar ivo jack jacob jacques
     jaime jake jakob jamal james janos jared jason javier jeff jeffrey jens jeremiah jeremy jerome jerry jesus
     jim jimmy joachim joao joaquin joe joel johan johann johannes john johnny jonas jonathan jorge jose josef
     joseph joshua juan juergen julian julio jurgen justin kamal karim karl keith ken kenji kenneth kevin khalid
     klaus konrad konstantin kurt kyle lars laszlo laurent lawrence leif len leon leonard leonardo leopold leroy
     leszek liam lionel lloyd lorenzo louis luca lucas ludwig luigi luis lukas luther magnus mahmoud malcolm
     manfred manuel marc marcel marcelo marco marcos marcus mario mark markus martin martyn marvin massimo mateo
     mathias matt matteo matthew matthias maurice mauricio max maximilian mehmet michael michel miguel mike
     mikhail milan milos mitch mitt mohamed mohammad mohammed moritz morten muhammad murray mustafa narendra nate
     nathan nathaniel neil nelson neville newt nicholas nick nicolas niels nigel nikita nikolai nils noah norbert
     norman olaf olav oleg oliver olivier omar orlando osama oscar oskar osman osvald otto owen pablo paolo
     patrick paul paulo pavel pedro percy pete peter petr petros philip philipp philippe phillip pierre pietro
     piotr rafael rahul rainer raj rajiv ralph ramon randall randy rashid raul ray raymond reginald reinhard rene
     ricardo richard rick rob robert roberto rodney rodrigo roger roland rolf roman ron ronald ronan rory ross
     roy rudolf rudolph rudy rupert russell ryan saddam salman salvador salvatore samir samuel santiago saul
     scott sean sebastian serge sergei sergey sergio seth shane shaun shinzo siegfried sigmund sigurd silvio
     simon slobodan soren stanislav stanley stefan stefano stephan stephen steve steven stewart stuart sven tariq
     ted terence thaddeus theo theodore thomas thorsten tim timothy tobias todd tom tomas tommy toni tony torvald
     trevor tyler ulf ulrich vaclav valentin vernon vicente victor viktor vince vincent vincenzo vito vladimir
     volker wally walter warren wayne werner wesley wilbur wilfred wilhelm will willem william willy winston
     wolfgang xavier yasser yitzhak yoshi yuri yusuf yves zach zachary zoltan"
    .split_whitespace()
    .collect()
});

static WOMEN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "abigail ada adela adelaide adele adriana agatha agnes agnieszka aisha alejandra alexandra alice alicia
     alison amal amalia amanda amber amelia amina amy ana anastasia angela angelina angelique anita anja ann anna
     annabel anne annegret annette annie antoinette antonia anya ariana astrid audrey aurora ava barbara beata
     beatrice beatrix belinda benazir bernadette bertha beth bethany betsy betty bianca birgit brenda bridget
     brigitte britta brittany camila camilla candace carla carlotta carmen carol carole carolina caroline carolyn
     catalina catherine cecilia celeste celia charlotte chelsea cheryl chiara chloe christa christiane christina
     christine cindy claire clara clarissa claudia colette colleen constance consuelo cora cordelia corinna
     cornelia cristina cynthia dagmar daniela danielle daphne deborah debra deirdre delia delphine denise diana
     diane dianne dina dolores donna dora doris dorothea dorothy edith edna eileen elaine eleanor elena
     eleonora elfriede elisa elisabeth elise eliza elizabeth ella ellen elsa elvira emilia emily emma erica erika
     erna esmeralda estella esther eugenia eva eve eveline fanny fatima fatma federica felicia felicity fiona
     flora florence frances francesca francine franziska frederica freya frida gabriela gabriele gabriella
     gabrielle gail gemma genevieve georgia georgina geraldine gertrude gillian gina giovanna giulia gladys
     gloria grace greta gretchen gretel gudrun gwen gwendolyn hannah harriet hatice hedda hedwig heidi helen
     helena helene helga henrietta hilda hildegard hillary ida ilona ilse ina ines inga ingeborg inger ingrid
     irena irene irina iris irma isabel isabella isabelle isolde ivanka ivonne jacinda jacqueline jane janet
     janice janine jeanette jeanne jemima jennifer jenny jessica jill jitka joan joanna joanne johanna josephine
     joyce juanita judith judy julia juliana julie juliet juliette justine kamala karen karin karla karolina kate
     katerina katharina katherine kathleen kathryn kathy katia katie katja katrin katrina katya kayla kerstin
     khadija kirsten kirstin klara kristin kristina lara latifa laura lauren laurie lavinia layla lea leah leila
     lena leni leonie leonora leticia lidia liesel lila lilian lillian lily linda lisa lise liselotte liv liza
     lois lola lorena loretta lorna lorraine lotte louisa louise lucia lucille lucinda lucy ludmila luisa luise
     lydia lynn mabel madeleine madeline magda magdalena maggie maja malala mandy marcela margaret margarethe
     margarita margery margot marguerite maria mariam mariana marianne marie marina marisa marjorie marlene marta
     martha martina mary maryam mathilda mathilde matilda maude maureen maya meera megan melanie melinda melissa
     mercedes meredith mia michelle mildred millicent mina minna mira miranda miriam mirjam mitzi moira molly
     mona monica monika monique muriel myra myriam nadia nadine nadja nancy naomi nastasia natalia natalie
     natasha nell nellie nicole nicoletta nina noelle nora norma odette olga olivia olympia ophelia ottilie
     pamela patricia paula paulette paulina pauline penelope petra philippa phoebe phyllis pia pippa polly
     priscilla priya rachel ramona rania raquel rebecca regina renata renate rhoda rhonda rita roberta rosa
     rosalie rosalind rosamund rosanna rose rosemarie rosemary rosie roswitha rowena roxanne ruth sabina sabine
     sabrina sadie sally samantha sandra sara sarah saskia selma serena sharon sheila sherry shirin shirley
     sibylle sieglinde sigrid silvia simone sinead sofia solveig sonia sonja sophia sophie stacey stella
     stephanie sue susan susanna susanne suzanne svetlana swetlana sybil sylvia sylvie tabitha tamara tania tanya
     tara tatiana tatjana teresa tess tessa thelma theodora theresa therese tilda tina toya tracey trudy tyra
     ulrike una ursula ute valentina valeria valerie vanessa vera verena verity veronica victoria viktoria viola
     violeta virginia viviane wanda wendy wilhelmina wilma winifred xenia yasmin yolanda ysabel yulia yuliya
     yvette yvonne zainab zara zelda zoe zora zuzana"
    .split_whitespace()
    .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_apart() {
        assert!(MEN.is_sorted_by(|a, b| a < b));
        assert!(WOMEN.is_sorted_by(|a, b| a < b));
        assert!(MEN.iter().all(|name| !is_womans(name)));
    }
}
