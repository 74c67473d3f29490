//! The weights of the careful reader, as they are in a file: matrices as bytes with one scale a row.

use candle_core::{DType, Device, Tensor};
use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CarefulError {
    /// The bytes are no model of the careful reader.
    #[error("this is no model of the careful reader: {0}")]
    Another(String),
    /// They were one, and something is missing or not as it was written.
    #[error("the model of the careful reader is damaged: {0}")]
    Damaged(String),
}

impl From<candle_core::Error> for CarefulError {
    fn from(error: candle_core::Error) -> CarefulError {
        CarefulError::Damaged(error.to_string())
    }
}

/// Named tensors, and the tokenizer that goes with them.
#[derive(Debug)]
pub(super) struct Weights {
    tensors: HashMap<String, Tensor>,
    pub(super) tokenizer: Vec<u8>,
    pub(super) digits: String,
}

impl Weights {
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Weights, CarefulError> {
        let another = |error: safetensors::SafeTensorError| CarefulError::Another(error.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(another)?;
        let told = metadata.metadata().clone().unwrap_or_default();
        let told = |name: &str| {
            told.get(name)
                .cloned()
                .ok_or_else(|| CarefulError::Another(format!("it does not tell its {name}")))
        };
        let (tokenizer, sha256) = (told("tokenizer")?, told("sha256")?);
        let file = SafeTensors::deserialize(bytes).map_err(another)?;
        let mut names: Vec<String> = file.names().into_iter().map(|name| name.to_string()).collect();
        names.sort_unstable();
        let mut digest = Sha256::new();
        digest.update(tokenizer.as_bytes());
        let mut tensors = HashMap::new();
        for name in &names {
            let view = file.tensor(name).map_err(another)?;
            digest.update(name.as_bytes());
            digest.update(view.data());
            if name.ends_with(SCALE) {
                continue;
            }
            let shape = view.shape().to_vec();
            let values: Vec<f32> = match view.dtype() {
                Dtype::I8 => {
                    let scale = file.tensor(&format!("{name}{SCALE}")).map_err(another)?;
                    let row = shape.last().copied().unwrap_or(1).max(1);
                    let scales = floats(scale.data());
                    let rows = view.data().chunks_exact(row);
                    if shape.len() != 2 || scales.len() != shape[0] {
                        return Err(CarefulError::Damaged(format!(
                            "{name} has a scale that does not fit it"
                        )));
                    }
                    rows.zip(scales)
                        .flat_map(|(row, scale)| row.iter().map(move |&byte| f32::from(byte as i8) * scale))
                        .collect()
                }
                Dtype::F32 => floats(view.data()),
                other => return Err(CarefulError::Another(format!("{name} is of type {other:?}"))),
            };
            tensors.insert(name.clone(), Tensor::from_vec(values, shape, &Device::Cpu)?);
        }
        let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        if digest != sha256 {
            return Err(CarefulError::Damaged("it is not what its checksum was made of".to_owned()));
        }
        Ok(Weights { tensors, tokenizer: tokenizer.into_bytes(), digits: digest[..12].to_owned() })
    }

    /// A tensor of a shape, by its name.
    pub(super) fn take(&mut self, name: &str, shape: &[usize]) -> Result<Tensor, CarefulError> {
        let tensor = self.tensors.remove(name);
        let tensor = tensor.ok_or_else(|| CarefulError::Damaged(format!("{name} is missing")))?;
        if tensor.dims() != shape || tensor.dtype() != DType::F32 {
            let shapes = format!("{name} is of shape {:?}, not {shape:?}", tensor.dims());
            return Err(CarefulError::Damaged(shapes));
        }
        Ok(tensor)
    }
}

/// How the name of a matrix's scales ends.
const SCALE: &str = ".scale";

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four"))).collect()
}
