//! Weights as they are in a file: named tensors, matrices kept as bytes with one scale a row.

use crate::EncoderError;
use crate::layer::Norm;
use crate::linear::{Head, Linear};
use crate::rows::Rows;
use half::{bf16, f16};
use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A matrix as bytes: each row by a scale of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Numbers in a row.
    pub width: usize,
    pub(crate) bytes: Vec<i8>,
    pub(crate) scales: Vec<f32>,
}

impl Table {
    /// Rounds each row to 127 steps either way.
    pub fn of(rows: &Rows) -> Table {
        let mut table =
            Table { width: rows.width, bytes: Vec::with_capacity(rows.values.len()), scales: Vec::new() };
        for row in rows.iter() {
            let most = row.iter().fold(0.0f32, |most, x| most.max(x.abs()));
            let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
            table.bytes.extend(row.iter().map(|x| (x / scale).round() as i8));
            table.scales.push(scale);
        }
        table
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.scales.len()
    }

    /// Adds a row to numbers of its width.
    ///
    /// Panics where there is no such row.
    pub fn add_to(&self, row: usize, to: &mut [f32]) {
        let scale = self.scales[row];
        let bytes = &self.bytes[row * self.width..][..self.width];
        to.iter_mut().zip(bytes).for_each(|(to, &byte)| *to += f32::from(byte) * scale);
    }
}

#[derive(Debug)]
enum Stored {
    Numbers { shape: Vec<usize>, values: Vec<f32> },
    Table(Table),
}

/// Named tensors, to be taken one by one.
#[derive(Debug)]
pub struct Weights {
    tensors: HashMap<String, Stored>,
    told: HashMap<String, String>,
    digits: String,
}

/// How the name of a matrix's scales ends.
const SCALE: &str = ".scale";

impl Weights {
    /// Weights out of the bytes of a safetensors file. Matrices are of bytes, with scales under the same name and `.scale`,
    /// or of numbers of 16 or 32 bits. A file that tells its `sha256` is held to it.
    pub fn from_safetensors(bytes: &[u8]) -> Result<Weights, EncoderError> {
        let another = |error: safetensors::SafeTensorError| EncoderError::Another(error.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(another)?;
        let told = metadata.metadata().clone().unwrap_or_default();
        let file = SafeTensors::deserialize(bytes).map_err(another)?;
        let mut names: Vec<String> = file.names().into_iter().map(|name| name.to_string()).collect();
        names.sort_unstable();
        let mut digest = Sha256::new();
        digest.update(told.get("tokenizer").map_or("", String::as_str).as_bytes());
        let mut tensors = HashMap::new();
        for name in &names {
            let view = file.tensor(name).map_err(another)?;
            digest.update(name.as_bytes());
            digest.update(view.data());
            if name.ends_with(SCALE) {
                continue;
            }
            let shape = view.shape().to_vec();
            let stored = match (view.dtype(), &shape[..]) {
                (Dtype::I8, &[rows, width]) => {
                    let scales = file.tensor(&format!("{name}{SCALE}")).map_err(another)?;
                    let scales = numbers(name, scales.dtype(), scales.data())?;
                    if scales.len() != rows {
                        return Err(EncoderError::Damaged(format!(
                            "{name} has a scale that does not fit it"
                        )));
                    }
                    let bytes = view.data().iter().map(|&byte| byte as i8).collect();
                    Stored::Table(Table { width, bytes, scales })
                }
                // What counts places is of whole numbers; nothing here asks for it.
                (Dtype::I64 | Dtype::I32, _) => continue,
                (dtype, _) => Stored::Numbers { values: numbers(name, dtype, view.data())?, shape },
            };
            tensors.insert(name.clone(), stored);
        }
        let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        if told.get("sha256").is_some_and(|told| *told != digest) {
            return Err(EncoderError::Damaged("it is not what its checksum was made of".to_owned()));
        }
        Ok(Weights { tensors, told, digits: digest[..12].to_owned() })
    }

    /// The first digits of the SHA-256 of all that the weights are.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// What the file tells beside its tensors.
    pub fn told(&self, name: &str) -> Result<&str, EncoderError> {
        let told = self.told.get(name).map(String::as_str);
        told.ok_or_else(|| EncoderError::Another(format!("it does not tell its {name}")))
    }

    /// Whether there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    fn take(&mut self, name: &str) -> Result<Stored, EncoderError> {
        self.tensors.remove(name).ok_or_else(|| EncoderError::Damaged(format!("{name} is missing")))
    }

    /// Numbers of a shape, by their name.
    pub fn numbers(&mut self, name: &str, wanted: &[usize]) -> Result<Vec<f32>, EncoderError> {
        match self.take(name)? {
            Stored::Numbers { shape, values } if shape == wanted => Ok(values),
            Stored::Numbers { shape, .. } => Err(of_shape(name, &shape, wanted)),
            Stored::Table(table) => {
                if wanted != [table.count(), table.width] {
                    return Err(of_shape(name, &[table.count(), table.width], wanted));
                }
                let mut rows = Rows::zeros(table.count(), table.width);
                rows.iter_mut().enumerate().for_each(|(at, row)| table.add_to(at, row));
                Ok(rows.values)
            }
        }
    }

    /// A matrix of so many rows and numbers in a row, by its name.
    pub fn table(&mut self, name: &str, rows: usize, width: usize) -> Result<Table, EncoderError> {
        match self.take(name)? {
            Stored::Table(table) if table.count() == rows && table.width == width => Ok(table),
            Stored::Numbers { shape, values } if shape == [rows, width] => {
                Ok(Table::of(&Rows { width, values }))
            }
            Stored::Table(table) => Err(of_shape(name, &[table.count(), table.width], &[rows, width])),
            Stored::Numbers { shape, .. } => Err(of_shape(name, &shape, &[rows, width])),
        }
    }

    /// Linear functions of the same input, side by side: `NAME.weight` and `NAME.bias` of each.
    pub fn linear(&mut self, names: &[&str], inputs: usize, outputs: usize) -> Result<Linear, EncoderError> {
        let mut all = Table { width: inputs, bytes: Vec::new(), scales: Vec::new() };
        let mut bias = Vec::new();
        for name in names {
            let table = self.table(&format!("{name}.weight"), outputs, inputs)?;
            all.bytes.extend(table.bytes);
            all.scales.extend(table.scales);
            bias.extend(self.numbers(&format!("{name}.bias"), &[outputs])?);
        }
        Ok(Linear::new(&all, bias))
    }

    /// A linear function of few outputs: `NAME.weight` and `NAME.bias`.
    pub fn head(&mut self, name: &str, inputs: usize, outputs: usize) -> Result<Head, EncoderError> {
        let weight = self.numbers(&format!("{name}.weight"), &[outputs, inputs])?;
        Ok(Head {
            weight: Rows { width: inputs, values: weight },
            bias: self.numbers(&format!("{name}.bias"), &[outputs])?,
        })
    }

    /// A norm: `NAME.weight` and `NAME.bias`.
    pub fn norm(&mut self, name: &str, width: usize, epsilon: f32) -> Result<Norm, EncoderError> {
        let weight = self.numbers(&format!("{name}.weight"), &[width])?;
        Ok(Norm { weight, bias: self.numbers(&format!("{name}.bias"), &[width])?, epsilon })
    }
}

fn of_shape(name: &str, shape: &[usize], wanted: &[usize]) -> EncoderError {
    EncoderError::Damaged(format!("{name} is of shape {shape:?}, not {wanted:?}"))
}

fn numbers(name: &str, dtype: Dtype, bytes: &[u8]) -> Result<Vec<f32>, EncoderError> {
    let two = |of: fn([u8; 2]) -> f32| bytes.as_chunks::<2>().0.iter().map(|&two| of(two)).collect();
    match dtype {
        Dtype::F32 => Ok(bytes.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four)).collect()),
        Dtype::F16 => Ok(two(|two| f16::from_le_bytes(two).to_f32())),
        Dtype::BF16 => Ok(two(|two| bf16::from_le_bytes(two).to_f32())),
        other => Err(EncoderError::Another(format!("{name} is of type {other:?}"))),
    }
}
