//! `schema`: the form of a kind of file, for editors or for people.

use clap::ValueEnum as _;

use crate::cli::args::{SchemaFormat, SchemaName};
use crate::cli::exit_code::Exit;
use crate::cli::session::{Ending, Session};
use crate::cli::{schema, suite};
use crate::plan::load;

/// Prints a form.
pub(crate) fn schema(session: &mut Session, of: SchemaName, format: SchemaFormat) -> Ending {
    let text = match format {
        SchemaFormat::Json => schema::text(of),
        SchemaFormat::Markdown => {
            let files = suite::files(session, None)?;
            let suite = load(&files, &|_| false, &mut session.sources, &mut session.diagnostics);
            session.settle()?;
            let word = of.to_possible_value();
            schema::page(of, word.as_ref().map_or("", |word| word.get_name()), &suite.registries)
        }
    };
    session.show_exactly(&text)?;
    Ok(Exit::Satisfied)
}
