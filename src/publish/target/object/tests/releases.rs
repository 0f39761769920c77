//! Releases beside each other: what a web server in front of the bucket shows.

use super::*;

fn releases(inner: &Arc<InMemory>) -> Objects {
    dying(inner, Layout::Releases, NEVER, true).0
}

/// The files of the release that the mark is sent with, by their addresses, without the manifest; empty before there is one.
fn shown(inner: &Arc<InMemory>) -> BTreeMap<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("there are threads");
    let mark = runtime.block_on(inner.get(&Key::parse("site/.trustbook/live.json").expect("a key")));
    let Ok(mark) = mark else { return BTreeMap::new() };
    let live = mark.attributes.get(&Attribute::Metadata(Layout::MARKED.into())).expect("it says which").to_string();
    let (_, files) = all(inner);
    let live = format!("releases/{live}/");
    let files = files.into_iter().filter_map(|(path, text)| Some((path.strip_prefix(&live)?.to_string(), text)));
    files.filter(|(path, _)| path != crate::publish::manifest::NAME).collect()
}

fn files(built: &Built) -> BTreeMap<String, String> {
    built.manifest.files.iter().map(|file| (file.path.clone(), built.text(&file.path))).collect()
}

/// What is shown is this release, and of another one at most what its pages need.
fn is_whole(shown: &BTreeMap<String, String>, built: &Built) -> bool {
    let own: BTreeMap<String, String> = shown
        .iter()
        .filter(|(path, _)| !path.starts_with("assets/") || built.manifest.file(path).is_some())
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect();
    own == files(built)
}

/// How many releases take room.
fn folders(inner: &Arc<InMemory>) -> usize {
    let (_, files) = all(inner);
    let names: BTreeSet<&str> = files.keys().filter_map(|path| path.split('/').nth(1)).collect();
    names.len()
}

#[test]
fn all_pages_change_at_once_and_back() {
    let [one, two, three] = three("at-once");
    let inner = Arc::new(InMemory::new());
    let objects = releases(&inner);
    for built in [&one, &two, &three] {
        publish(&objects, built, 5).expect("it is published");
        assert!(is_whole(&shown(&inner), built), "{:?}", shown(&inner));
    }
    // Whoever read a page of the release before may still ask for its style.
    assert!(shown(&inner).contains_key("assets/2.css"));
    roll_back(&objects, 5).expect("there is a way back");
    assert!(is_whole(&shown(&inner), &two) && shown(&inner).contains_key("assets/3.css"));
    roll_back(&objects, 5).expect("there is a way back");
    assert!(is_whole(&shown(&inner), &one));
    // One more than is to be kept: nobody is cut off in the middle of a page.
    publish(&objects, &three, 1).expect("it is published");
    assert!(is_whole(&shown(&inner), &three));
    assert_eq!(folders(&inner), 2);
    let (own, _) = all(&inner);
    assert_eq!(own.len(), 5, "two manifests, two records, the mark: {own:?}");
}

#[test]
fn files_that_somebody_took_away_are_sent_again() {
    let [one, two, _] = three("taken");
    let inner = Arc::new(InMemory::new());
    let objects = releases(&inner);
    let name = publish(&objects, &one, 5).expect("it is published");
    let gone = Key::parse(format!("site/releases/{name}/assets/1.css")).expect("a key");
    objects.runtime.block_on(inner.delete(&gone)).expect("it was there");
    publish(&objects, &two, 5).expect("it is published");
    assert!(is_whole(&shown(&inner), &two), "{:?}", shown(&inner));
}

#[test]
fn what_somebody_else_put_beside_the_releases_stays() {
    let [one, two, three] = three("beside");
    let inner = Arc::new(InMemory::new());
    let objects = releases(&inner);
    publish(&objects, &one, 5).expect("it is published");
    // An archive, another site's folder, and what a later publisher has begun while this one slept; and what a killed run left.
    let theirs =
        ["releases/v1.2/app.zip", "releases/beta/releases/1-00000000/index.html", "releases/9-00000000/index.html"];
    let put = |path: &str| {
        let key = Key::parse(format!("site/{path}")).expect("a key");
        objects.runtime.block_on(inner.put(&key, "x".into())).expect("there is memory");
    };
    theirs.into_iter().chain(["releases/2-00000000/index.html"]).for_each(put);
    publish(&objects, &two, 5).expect("it is published");
    publish(&objects, &three, 5).expect("it is published");
    let (_, files) = all(&inner);
    assert!(theirs.iter().all(|path| files.contains_key(*path)), "{:?}", files.keys());
    assert!(!files.contains_key("releases/2-00000000/index.html"), "{:?}", files.keys());
}

#[test]
fn a_release_with_holes_is_not_gone_back_to() {
    let [one, two, _] = three("holes");
    for (text, what) in [(None, "gone"), (Some("cut sho"), "cut short")] {
        let inner = Arc::new(InMemory::new());
        let objects = releases(&inner);
        let name = publish(&objects, &one, 5).expect("it is published");
        publish(&objects, &two, 5).expect("it is published");
        let page = Key::parse(format!("site/releases/{name}/a/index.html")).expect("a key");
        match text {
            Some(text) => objects.runtime.block_on(inner.put(&page, text.into())).map(drop).expect("there is memory"),
            None => objects.runtime.block_on(inner.delete(&page)).expect("it was there"),
        }
        let refused = roll_back(&objects, 5).expect_err(what).to_string();
        assert!(refused.contains("1 of its files are no longer"), "{what}: {refused}");
        assert!(is_whole(&shown(&inner), &two), "{what}");
    }
}

/// A publisher slept longer than a lock lives, and wakes when the next one is at work.
#[test]
fn who_slept_changes_nothing_any_more() {
    let [one, two, three] = three("slept");
    let inner = Arc::new(InMemory::new());
    let objects = releases(&inner);
    publish(&objects, &one, 5).expect("it is published");
    let place = objects.place.clone();
    let lock = objects.runtime.block_on(Lock::take(place.clone(), &run(5), HERE)).expect("it is free");
    // Somebody else holds it now.
    let taken = Key::parse("site/.trustbook/lock.json").expect("a key");
    objects.runtime.block_on(inner.put(&taken, "{}".into())).expect("there is memory");
    let (bytes, run) = (two.manifest.bytes(), run(1));
    let live = objects.standing().expect("it can be read").live;
    let to = Move {
        name: "2-00000000",
        manifest: &two.manifest,
        bytes: &bytes,
        seen: live.as_ref(),
        files: Files::Staged(&two.stage, Record { published: String::new(), by: String::new(), after: None }),
        run: &run,
    };
    objects.runtime.block_on(lock.forget_time());
    let refused = objects.runtime.block_on(place.exchange(&to, &lock)).expect_err("it is lost");
    assert!(refused.to_string().contains("somebody else publishes"), "{refused}");
    // Nor does it clean up, where it woke after its own release was live.
    let half = Key::parse("site/releases/2-11111111/index.html").expect("a key");
    objects.runtime.block_on(inner.put(&half, "x".into())).expect("there is memory");
    assert!(objects.runtime.block_on(place.clean(to.name, &lock)).is_err());
    assert!(objects.runtime.block_on(inner.head(&half)).is_ok());
    assert!(is_whole(&shown(&inner), &one));
    objects.runtime.block_on(inner.delete(&taken)).expect("it was there");
    publish(&objects, &three, 5).expect("it is published");
    assert!(is_whole(&shown(&inner), &three));
}

#[test]
fn a_bucket_in_the_other_layout_is_refused() {
    let [one, ..] = three("layouts");
    for (first, second) in [(Layout::Addresses, Layout::Releases), (Layout::Releases, Layout::Addresses)] {
        let inner = Arc::new(InMemory::new());
        publish(&dying(&inner, first, NEVER, true).0, &one, 5).expect("it is published");
        let refused =
            dying(&inner, second, NEVER, true).0.standing().expect_err("it is laid out otherwise").to_string();
        assert!(refused.contains(&format!("layout = \"{}\"", first.word())), "{refused}");
        // Also where the first run was killed, whatever it had done by then.
        let mut begun = 0;
        for changes in 1..8 {
            let inner = Arc::new(InMemory::new());
            let _ = publish(&dying(&inner, first, changes, true).0, &one, 5);
            if !all(&inner).1.is_empty() {
                begun += 1;
                let refused = publish(&dying(&inner, second, NEVER, true).0, &one, 5);
                assert!(refused.is_err_and(|told| told.to_string().contains("layout = ")), "after {changes} changes");
            }
        }
        assert!(begun > 2, "{begun}");
    }
}

/// Kills a run after every number of changes: the old release is shown or the new one, whole; the next run takes away what was left.
fn killed(name: &str, after: usize, act: impl Fn(&Objects, &[Built; 3]) -> Result<(), Failure>) {
    let built = three(name);
    for last_is_done in [false, true] {
        for changes in 1.. {
            let inner = Arc::new(InMemory::new());
            let whole = releases(&inner);
            for built in &built[..2] {
                publish(&whole, built, 5).expect("it is published");
            }
            let (objects, store) = dying(&inner, Layout::Releases, changes, last_is_done);
            let _ = act(&objects, &built);
            let seen = shown(&inner);
            let back = Arc::new(inner.fork());
            let there = releases(&back).standing().expect("it can be read");
            if there.before_live().is_some() && roll_back(&releases(&back), 5).is_ok() {
                assert!(built.iter().any(|built| is_whole(&shown(&back), built)), "{:?}", shown(&back));
            }
            assert!(is_whole(&seen, &built[1]) || is_whole(&seen, &built[after]), "after {changes} changes: {seen:?}");
            for next in &built {
                let again = Arc::new(inner.fork());
                publish(&releases(&again), next, 2).unwrap_or_else(|failure| panic!("after {changes}: {failure}"));
                assert!(is_whole(&shown(&again), next), "after {changes} changes: {:?}", shown(&again));
            }
            // Something else than whatever is live.
            let fourth = Built::new(&format!("{name}-4"), &[("index.html", "four")]);
            publish(&releases(&inner), &fourth, 2).expect("it is published");
            let (own, _) = all(&inner);
            assert!(folders(&inner) == 2 && own.len() == 5, "after {changes} changes: {own:?}");
            if store.lives() {
                assert!(changes > 4, "{changes}");
                break;
            }
        }
    }
}

#[test]
fn a_run_that_is_killed_anywhere_leaves_the_old_release_or_the_new_one() {
    killed("whole", 2, |objects, built| publish(objects, &built[2], 5).map(drop));
}

#[test]
fn a_way_back_that_is_killed_anywhere_leaves_the_old_release_or_the_new_one() {
    killed("whole-back", 0, |objects, _| roll_back(objects, 5));
}

#[test]
fn a_first_run_that_is_killed_anywhere_shows_nothing_or_all() {
    let [one, two, _] = three("whole-first");
    for changes in 1.. {
        let inner = Arc::new(InMemory::new());
        let (objects, store) = dying(&inner, Layout::Releases, changes, true);
        let _ = publish(&objects, &one, 5);
        let seen = shown(&inner);
        assert!(seen.is_empty() || is_whole(&seen, &one), "after {changes} changes: {seen:?}");
        publish(&releases(&inner), &two, 5).unwrap_or_else(|failure| panic!("after {changes} changes: {failure}"));
        assert!(is_whole(&shown(&inner), &two));
        if store.lives() {
            return;
        }
    }
}
