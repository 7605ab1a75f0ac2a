//! The schemas that editors use, as editors use them: each key is described, files of the repository are taken, and
//! mistakes are underlined, by a validator that others wrote.

mod strict;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rstest::rstest;
use serde_json::{Value, json};

use crate::orchspec::Orchspec;
use crate::validators::validators;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What people write by hand.
const WRITTEN: [&str; 7] = ["scenario", "target", "requirements", "baseline", "mock", "faults", "situation"];

/// Every key that a schema describes at any depth, with its description.
fn keys<'a>(schema: &'a Value, found: &mut Vec<(&'a str, &'a Value)>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                found.extend(properties.iter().map(|(name, own)| (name.as_str(), &own["description"])));
            }
            members.values().for_each(|below| keys(below, found));
        }
        Value::Array(items) => items.iter().for_each(|below| keys(below, found)),
        _ => {}
    }
}

#[test]
fn every_key_is_described() {
    for name in WRITTEN {
        let schema: Value = serde_json::from_str(&schema(name)).unwrap();
        let mut found = Vec::new();
        keys(&schema, &mut found);
        assert!(found.len() >= 4, "{name}: {found:?}");
        for (key, description) in found {
            let says = description.as_str().unwrap_or_default();
            assert!(says.ends_with('.') && says.len() > 5, "{name}: `{key}` is described as {description}");
        }
    }
}

fn schema(name: &str) -> String {
    static FOLDER: LazyLock<Orchspec> = LazyLock::new(|| Orchspec::new("editor-schemas"));
    FOLDER.call_as_is(&["schema", name]).stdout
}

fn yaml_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            yaml_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
}

#[rstest]
#[case::scenarios("scenario", "scenarios")]
#[case::targets("target", "targets")]
#[case::registries("requirements", "requirements")]
#[case::fault_plans("faults", "faults")]
#[case::situations("situation", "situations")]
fn files_of_the_repository_are_taken(#[case] name: &str, #[case] folder: &str) {
    let Some(validators) = validators() else { return };
    let program = Orchspec::new(&format!("editor-{folder}")).file("schema.json", schema(name));
    let mut files = Vec::new();
    yaml_below(&Path::new(ROOT).join(folder), &mut files);
    let files: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let schema = program.path("schema.json");
    let said = validators.python(
        "check-jsonschema",
        &[&["--schemafile", schema.to_str().unwrap()], files.as_slice()].concat(),
    );
    assert!(said.contains("ok"), "{said}");
}

#[test]
fn a_target_file_to_start_from_is_taken() {
    let Some(validators) = validators() else { return };
    let program = Orchspec::new("editor-template").file("schema.json", schema("target"));
    assert_eq!(program.call(&["target", "init"]).code, 0);
    let schema = program.path("schema.json");
    validators.check_schema(&["--schemafile", schema.to_str().unwrap()], &program.path("target.yaml"));
}

const SCENARIO: &str = "title: A\nprofile: uipath\nsteps:\n  - { name: wait, wiat: 1s }\n";
const TARGET: &str =
    "target: 1\nelma: { base: \"http://a\" }\nproxy: { url: \"http://proxy:1\", no_prxy: [a] }\n";
const REGISTRY: &str = "profile: a\ntitle: A\nsource: b\nrequirements: [ { id: A-1, levle: MUST } ]\n";
const BASELINE: &str = "baseline: 1\nentires: []\n";
const MOCK: &str = "mock: 1\nclcok: auto\n";
const FAULTS: &str = "faults: 1\nrules: [ { name: a, on: poll, do: { delya: 1s } } ]\n";
const SITUATION: &str = "title: A\nprofile: elma\nclinet: success\n";

/// Each has one mistake in a key, which is what the validator must name.
#[rstest]
#[case("scenario", SCENARIO, "wiat")]
#[case("target", TARGET, "no_prxy")]
#[case("requirements", REGISTRY, "levle")]
#[case("baseline", BASELINE, "entires")]
#[case("mock", MOCK, "clcok")]
#[case("faults", FAULTS, "delya")]
#[case("situation", SITUATION, "clinet")]
fn mistakes_are_underlined(#[case] name: &str, #[case] text: &str, #[case] mistake: &str) {
    let Some(validators) = validators() else { return };
    let program =
        Orchspec::new(&format!("editor-bad-{name}")).file("schema.json", schema(name)).file("bad.yaml", text);
    let schema = program.path("schema.json");
    let said = validators.refusal(schema.to_str().unwrap(), &program.path("bad.yaml"));
    assert!(said.contains(mistake), "{said}");
}

/// A document of a schema, and the place behind a text of it.
fn document(name: &str, folder: &Orchspec, text: &str, place: &str) -> Value {
    let schema = folder.path(&format!("{name}.json"));
    let text = format!("# yaml-language-server: $schema=file://{}\n{text}", schema.display());
    let before = &text[..text.find(place).unwrap() + place.len()];
    let (lines, last) = before.rsplit_once('\n').unwrap();
    let (line, character) = (lines.lines().count(), last.len());
    json!({ "uri": format!("file:///{name}-{line}-{character}.yaml"), "text": text, "line": line, "character": character })
}

fn schemas(folder: Orchspec) -> Orchspec {
    WRITTEN.iter().fold(folder, |folder, name| folder.file(&format!("{name}.json"), schema(name)))
}

#[test]
fn a_language_server_offers_every_key_with_its_description() {
    let Some(validators) = validators() else { return };
    let folder = schemas(Orchspec::new("editor-server"));
    let documents: Vec<Value> = WRITTEN.iter().map(|name| document(name, &folder, "\n", ".json\n")).collect();
    let looked = validators.language_server(&json!(documents));
    for (name, looked) in WRITTEN.iter().zip(looked.as_array().unwrap()) {
        let schema: Value = serde_json::from_str(&schema(name)).unwrap();
        for (key, own) in schema["properties"].as_object().unwrap() {
            let said =
                looked["offered"][key].as_str().unwrap_or_else(|| panic!("{name}: no `{key}` in {looked}"));
            assert_eq!(said, own["description"], "{name}: {key}");
        }
    }
}

#[test]
fn a_language_server_describes_completes_and_underlines_below_the_top() {
    let Some(validators) = validators() else { return };
    let folder = schemas(Orchspec::new("editor-server-below"));
    let text =
        "target: 1\nelma: { base: \"http://a\" }\nproxy:\n  url: \"http://p:1\"\n  lopback: true\n  \n";
    let places = ["  ur", "true\n  "];
    let documents = places.map(|place| document("target", &folder, text, place));
    let looked = validators.language_server(&json!(documents));
    assert!(looked[0]["shown"].as_str().unwrap().starts_with("The proxy for all requests"), "{looked}");
    assert!(looked[0]["underlined"].to_string().contains("lopback"), "{looked}");
    let offered: Vec<&String> = looked[1]["offered"].as_object().unwrap().keys().collect();
    assert_eq!(offered, ["credentials", "no_proxy", "loopback"], "{looked}");
}
