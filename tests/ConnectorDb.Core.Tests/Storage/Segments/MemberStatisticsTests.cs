using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage.Segments;

public sealed class MemberStatisticsTests
{
    private static readonly string[] s_names = ["a", "b", "c"];

    private static readonly Gen<DataValue> s_value = Gen.Frequency(
        (9, Gen.Double[-1e6, 1e6].Select(DataValue.From)),
        (9, Gen.Long.Select(DataValue.From)),
        (9, Gen.OneOf(-0.0, 0.0, 0.1, 1e300).Select(DataValue.From)),
        (1, BlockGen.Value));

    [Fact]
    public void Statistics_of_records_are_those_of_the_same_objects()
        => Gen.Select(s_value.Array[3].List[1, 12], s_value.Array[3].List[1, 12]).Sample((first, second) =>
        {
            MemberStatistics ofRecords = MemberStatistics.Of(Records(second), MemberStatistics.Of(Records(first), MemberStatistics.Start));
            MemberStatistics ofObjects = MemberStatistics.Of(Objects(second), MemberStatistics.Of(Objects(first), MemberStatistics.Start));
            Assert.Equal(ofObjects.ToBytes(), ofRecords.ToBytes());
        });

    private static ValueColumn Objects(List<DataValue[]> rows)
        => new(rows.ConvertAll(row => DataValue.From(new DataObject([.. s_names.Zip(row, KeyValuePair.Create)]))).ToArray());

    private static RecordColumn Records(List<DataValue[]> rows)
        => new(s_names, [.. s_names.Select((_, i) => Narrow(rows.Select(row => row[i])))], rows.Count);

    private static Column Narrow(IEnumerable<DataValue> values)
    {
        ColumnBuilder builder = new();
        foreach (DataValue value in values)
        {
            builder.Add(value);
        }

        return builder.Build();
    }
}
