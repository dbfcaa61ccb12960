using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Converts the results of scripts to columns of the model.</summary>
internal static class PlainColumns
{
    /// <summary>The same datapoints without the column types that exist only inside scripts.</summary>
    public static Block ToPlain(this Block block)
    {
        Column plain = ToPlain(block.Values);
        return ReferenceEquals(plain, block.Values) ? block : block.With(plain);
    }

    private static Column ToPlain(Column column)
    {
        switch (column)
        {
            case ConstantColumn constant:
                return constant.ToPlain();
            case LazyObjectColumn objects:
                return objects.ToPlain();
            case SingleColumn singles:
                return singles.ToPlain();
            case RecordColumn record when record.Fields.Any(field => field is ConstantColumn or SingleColumn or LazyObjectColumn or RecordColumn):
                return new RecordColumn(record.Names, record.Fields.Select(ToPlain).ToArray(), record.Count);
            default:
                return column;
        }
    }
}
