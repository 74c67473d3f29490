//! Apache Parquet: the columns of a table, typed, compressed with Snappy, so many rows a group.

use super::records::Walk;
use super::table::{Column, Kind, cell, columns, rows};
use super::{ExportError, What};
use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, FloatType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::Arc;

/// A group of rows is written when it holds this many rows, or about this many bytes.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 32 << 20;

pub(super) fn write(walk: &mut Walk, what: What, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let columns = columns(what);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("sayso".to_owned())
        .build();
    let mut table =
        SerializedFileWriter::new(out, schema(what, columns).map_err(unwritten)?, Arc::new(properties))
            .map_err(unwritten)?;
    let mut group: Vec<Vec<Value>> = vec![Vec::new(); columns.len()];
    let (mut in_group, mut bytes, mut records) = (0, 0, 0);
    rows(walk, what, &mut |record| {
        for (column, cells) in columns.iter().zip(&mut group) {
            let cell = cell(record, column);
            bytes += size_of::<Value>() + cell.as_str().map_or(0, str::len);
            cells.push(cell);
        }
        in_group += 1;
        records += 1;
        if in_group >= GROUP_ROWS || bytes >= GROUP_BYTES {
            write_group(&mut table, columns, &mut group).map_err(unwritten)?;
            (in_group, bytes) = (0, 0);
        }
        Ok(())
    })?;
    if in_group > 0 {
        write_group(&mut table, columns, &mut group).map_err(unwritten)?;
    }
    table.close().map_err(unwritten)?;
    Ok(records)
}

fn schema(what: What, columns: &[Column]) -> Result<Arc<Type>, ParquetError> {
    let mut fields = Vec::with_capacity(columns.len());
    for column in columns {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Number => (Physical::INT64, None),
            Kind::Real => (Physical::FLOAT, None),
            Kind::Flag => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
    }
    Ok(Arc::new(Type::group_type_builder(what.word()).with_fields(fields).build()?))
}

fn write_group(
    table: &mut SerializedFileWriter<&mut (dyn Write + Send)>,
    columns: &[Column],
    group: &mut [Vec<Value>],
) -> Result<(), ParquetError> {
    let mut rows = table.next_row_group()?;
    for (column, cells) in columns.iter().zip(group) {
        let mut writer = rows.next_column()?.expect("there is a writer for each column");
        let cells = std::mem::take(cells);
        match column.kind {
            Kind::Text => {
                put::<ByteArrayType>(&mut writer, &cells, |cell| Some(ByteArray::from(cell.as_str()?)))?;
            }
            Kind::Number => put::<Int64Type>(&mut writer, &cells, Value::as_i64)?,
            Kind::Real => put::<FloatType>(&mut writer, &cells, |cell| Some(cell.as_f64()? as f32))?,
            Kind::Flag => put::<BoolType>(&mut writer, &cells, Value::as_bool)?,
        }
        writer.close()?;
    }
    rows.close().map(|_| ())
}

fn put<T: DataType>(
    writer: &mut SerializedColumnWriter,
    cells: &[Value],
    value: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<Option<T::T>> = cells.iter().map(value).collect();
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    writer.typed::<T>().write_batch(&values, Some(&there), None).map(|_| ())
}

fn unwritten(error: ParquetError) -> ExportError {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => ExportError::Write(*error),
            Err(other) => ExportError::Write(io::Error::other(other)),
        },
        other => ExportError::Write(io::Error::other(other)),
    }
}
