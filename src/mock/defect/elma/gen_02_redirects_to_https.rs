//! `ELMA-GEN-02/redirects-to-https`: a call in plain HTTP is redirected to HTTPS.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "ELMA-GEN-02/redirects-to-https",
    sentence: "a call in plain HTTP is redirected to HTTPS",
    requirements: &["ELMA-GEN-02"],
    affects: &[
        (Operation::Create, Aspect::Status),
        (Operation::Status, Aspect::Status),
        (Operation::Cancel, Aspect::Status),
        (Operation::Download, Aspect::Status),
    ],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, _: &World, answer: &mut Answer) {
        let origin = exchange.request.origin().replacen("http://", "https://", 1);
        let location = format!("{origin}{}", exchange.request.path);
        *answer = Answer::empty(StatusCode::PERMANENT_REDIRECT).with(LOCATION, &location);
    }
}
