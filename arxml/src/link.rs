//! From drafts to the model: tables in the order of their ids, references as indices.

mod keym;

use std::collections::HashMap;

use crate::ecuc::Handle;
use crate::model::*;
use crate::read::{CryIfDraft, CsmDraft, Draft, DriverDraft, Table};

/// Where the containers of a table have gone.
type Places = HashMap<Handle, u32>;

/// Turns a draft without errors into a model.
pub(crate) fn link(draft: Draft) -> Model {
    let Draft { csm, cryif, mut drivers, keym } = draft;
    drivers.sort_by_key(|driver| driver.shell.prefix());
    let mut objects = HashMap::new();
    let mut keys = HashMap::new();
    let drivers = (0u32..)
        .zip(drivers)
        .map(|(index, draft)| {
            let (driver, object_places, key_places) = link_driver(draft);
            objects.extend(object_places.into_iter().map(|(handle, place)| (handle, (index, place))));
            keys.extend(key_places.into_iter().map(|(handle, place)| (handle, (index, place))));
            driver
        })
        .collect();
    let (cryif, channel_places, key_places) = link_cryif(cryif, &objects, &keys);
    let (csm, csm_places) = link_csm(csm, &channel_places, &key_places);
    let keym = keym.map(|keym| keym::link(keym, &csm, &csm_places));
    Model { csm, cryif, drivers, keym }
}

fn link_csm(draft: CsmDraft, channels: &Places, cryif_keys: &Places) -> (Csm, keym::CsmPlaces) {
    let mut csm = draft.shell;
    let (main_functions, main_places) = sort(draft.main_functions, |main| main.origin.clone().into_key());
    let (primitives, primitive_places) = sort(draft.primitives, |primitive| primitive.origin.clone().into_key());
    let (callbacks, callback_places) = sort(draft.callbacks, |callback| (callback.id, callback.origin.clone().into_key()));
    let (mut keys, key_places) = sort(draft.keys, |key| key.id);
    let (mut queues, queue_places) = sort(draft.queues, |queue| queue.origin.clone().into_key());
    let (mut jobs, job_places) = sort(draft.jobs, |job| job.id);
    for key in &mut keys {
        key.cryif_key = cryif_keys[&key.cryif_key];
    }
    for job in &mut jobs {
        job.key = job.key.map(|key| key_places[&key]);
        job.primitive = primitive_places[&job.primitive];
        job.queue = queue_places[&job.queue];
        job.callback = job.callback.map(|callback| callback_places[&callback]);
        job.main_function = job.main_function.map(|main| main_places[&main]);
    }
    for (index, queue) in (0u32..).zip(&mut queues) {
        queue.channel = channels[&queue.channel];
        let of_jobs = || jobs.iter().find_map(|job| job.main_function.filter(|_| job.queue == index));
        let only = || (!main_functions.is_empty()).then_some(0);
        queue.main_function = queue.main_function.map(|main| main_places[&main]).or_else(of_jobs).or_else(only);
    }
    csm.main_functions = main_functions;
    csm.primitives = primitives;
    csm.callbacks = callbacks;
    csm.keys = keys;
    csm.queues = queues;
    csm.jobs = jobs;
    (csm, keym::CsmPlaces { jobs: job_places, keys: key_places })
}

type DriverPlaces = HashMap<Handle, (u32, u32)>;

fn link_cryif(draft: CryIfDraft, objects: &DriverPlaces, crypto_keys: &DriverPlaces) -> (CryIf, Places, Places) {
    let mut cryif = draft.shell;
    let (mut channels, channel_places) = sort(draft.channels, |channel| channel.id);
    let (mut keys, key_places) = sort(draft.keys, |key| key.id);
    for channel in &mut channels {
        (channel.driver, channel.object) = objects[&channel.object];
    }
    for key in &mut keys {
        (key.driver, key.crypto_key) = crypto_keys[&key.crypto_key];
    }
    cryif.channels = channels;
    cryif.keys = keys;
    (cryif, channel_places, key_places)
}

fn link_driver(draft: DriverDraft) -> (Driver, Places, Places) {
    let mut driver = draft.shell;
    let (primitives, primitive_places) = sort(draft.primitives, |primitive| primitive.origin.clone().into_key());
    let (key_elements, element_places) = sort(draft.key_elements, |element| element.origin.clone().into_key());
    let (mut key_types, type_places) = sort(draft.key_types, |key_type| key_type.origin.clone().into_key());
    let (mut keys, key_places) = sort(draft.keys, |key| key.id);
    let (mut objects, object_places) = sort(draft.objects, |object| object.id);
    let (custom_families, _) = sort(draft.custom_families, |custom| custom.origin.clone().into_key());
    let (custom_modes, _) = sort(draft.custom_modes, |custom| custom.origin.clone().into_key());
    for key_type in &mut key_types {
        key_type.elements.iter_mut().for_each(|element| *element = element_places[element]);
        key_type.elements.sort_by_key(|element| key_elements[*element as usize].id);
    }
    let (mut nv_blocks, nv_places) = sort(draft.nv_blocks, |block| block.origin.clone().into_key());
    for (index, key) in (0u32..).zip(&mut keys) {
        key.key_type = type_places[&key.key_type];
        key.nv_block = key.nv_block.map(|block| nv_places[&block]);
        if let Some(block) = key.nv_block {
            nv_blocks[block as usize].key = index;
        }
    }
    for object in &mut objects {
        object.primitives.iter_mut().for_each(|primitive| *primitive = primitive_places[primitive]);
        object.primitives.sort_unstable();
    }
    driver.primitives = primitives;
    driver.custom_families = custom_families;
    driver.custom_modes = custom_modes;
    driver.nv_blocks = nv_blocks;
    driver.key_elements = key_elements;
    driver.key_types = key_types;
    driver.keys = keys;
    driver.objects = objects;
    (driver, object_places, key_places)
}

impl Origin {
    /// Name before path, so that the package has no say in the order.
    fn into_key(self) -> (String, String) {
        (self.name, self.path)
    }
}

fn sort<T, K: Ord>(table: Table<T>, key: impl Fn(&T) -> K) -> (Vec<T>, Places) {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(_, entry)| key(entry));
    let places = entries.iter().zip(0u32..).map(|((handle, _), place)| (*handle, place)).collect();
    (entries.into_iter().map(|(_, entry)| entry).collect(), places)
}
