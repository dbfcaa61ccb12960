using System.Globalization;
using System.Runtime.InteropServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Tests.Storage.Segments;

/// <summary>Values as text that differs as soon as a bit does: two columns with one text are the same to a codec.</summary>
internal static class ExactText
{
    public static string Of(Block block)
        => string.Join('\n', Enumerable.Range(0, block.Count).Select(i => $"{Of(block.Times.Span[i])} {Of(block.Values[i])} {Origin(block, i)}"));

    public static string Of(DataValue value) => value.Kind switch
    {
        DataKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
        DataKind.Number when !value.IsNumberText => Of(value.AsDouble()),
        DataKind.Text => Convert.ToHexString(MemoryMarshal.AsBytes(value.AsText().AsSpan())) + "'",
        DataKind.Array => $"[{string.Join(',', value.AsArray().Select(Of))}]",
        DataKind.Object => $"{{{string.Join(',', value.AsObject().Select(member => $"{Of(DataValue.From(member.Key))}:{Of(member.Value)}"))}}}",
        _ => value.ToJson(),
    };

    private static string Of(double value) => $"{BitConverter.DoubleToInt64Bits(value):X16}";

    private static string Origin(Block block, int at) => block.Origins is { } origins ? origins.Span[at] ?? "-" : "-";
}
