using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Csv;
using ConnectorDb.Csv;
using CsCheck;

namespace ConnectorDb.Core.Tests.Csv;

/// <summary>Every file that an export writes is imported without options, in any culture, with the same times and values, bit for bit.</summary>
public sealed class CsvRoundTripTests : IDisposable
{
    private static readonly string[] s_pieces =
        ["\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "\t", " ", "'", "=1+1", "true", "null", "-", "NaN", "5", "1e3", "{", "}", "[]", "{\"a\":1}", "\"{}\"", "\\", "ä", "\u2028", "\0", "\u0001", "日本", "#", "sep=;"];

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.OneOf(s_pieces).Array[0, 5].Select(string.Concat),
        Gen.String[Gen.Char[' ', '~'], 0, 8]);

    private static readonly Gen<double> s_number = Gen.OneOf(
        Gen.Double.Where(double.IsFinite),
        Gen.Int[-1000, 1000].Select(number => number / 10.0),
        Gen.OneOf(-0.0, 0.0, 1e-300, double.Epsilon, double.MaxValue, 5.0, 9007199254740993.0, 1e15, 1e22));

    private static readonly Gen<DataValue> s_simple = Gen.OneOf(
        s_number.Select(DataValue.From),
        Gen.Long.Select(DataValue.From),
        Gen.OneOf(0L, -1L, 9007199254740993L, long.MaxValue, long.MinValue).Select(DataValue.From),
        Gen.OneOf("18446744073709551557", "-92233720368547758090", "0.1000000000000000055511151231257827", "1e999").Select(text => DataValue.Parse(text)),
        Gen.Bool.Select(DataValue.From),
        s_text.Select(text => DataValue.From(text)),
        Gen.Const(DataValue.Null));

    private static readonly Gen<DataValue> s_value = Gen.OneOf(
        s_simple,
        s_simple.Array[0, 3].Select(DataValue.From),
        Gen.Select(s_text, s_simple, (name, value) => DataValue.From(new DataObject([new(name, value)]))));

    /// <summary>A stream has values of one kind, or of any.</summary>
    private static readonly Gen<DataValue[]> s_values = Gen.OneOf(
        s_value.Array[0, 30],
        s_number.Select(DataValue.From).Array[1, 30],
        s_text.Select(text => DataValue.From(text)).Array[1, 30],
        Gen.Bool.Select(DataValue.From).Array[1, 30],
        Gen.Int[0, 9].Select(number => DataValue.From((long)number)).Array[1, 30]);

    private static readonly Gen<double> s_step = Gen.OneOf(
        Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0, 1e-6], Gen.Double[0, 1e7], Gen.Int[0, 1000].Select(milliseconds => milliseconds / 1000.0));

    private static readonly Gen<double> s_start = Gen.OneOf(0.0, -0.25, 1e-7, 1772557200.0, 1772557200.123456, 1772557200.1234567, -62135596800.0, 253100000000.0);

    private static readonly string[] s_cultures = ["", "de-DE", "en-GB", "sv-SE", "th-TH", "ar-SA", "tr-TR", "fa-IR", "fr-CH", "hi-IN"];

    private static readonly string?[] s_zones = [null, "UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"];

    private enum Form
    {
        Wide,
        Long,
    }

    private readonly TempFolder _folder = new();
    private readonly ICdbClient _from;
    private readonly ICdbClient _to;
    private int _samples;

    public CsvRoundTripTests()
    {
        _from = EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["from.cdb"] });
        _to = EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["to.cdb"] });
    }

    public void Dispose()
    {
        _from.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _to.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    [Fact]
    public void What_is_exported_is_imported_without_options()
        => Gen.Select(
            Gen.Select(s_values, s_start, s_step.Array[30]).Array[1, 3],
            Gen.Enum<Form>(),
            Gen.OneOf(s_cultures),
            Gen.OneOf(s_zones))
        .Sample(
            (streams, form, culture, zone) =>
            {
                CultureInfo before = CultureInfo.CurrentCulture;
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                try
                {
                    Block[] blocks = [.. streams.Select(stream => BlockOf(stream.Item1, stream.Item2, stream.Item3))];
                    CsvWriteOptions options = new() { TimeZone = zone is null ? null : TimeZones.Find(zone) };
                    ComeBackAsync(blocks, form, options).GetAwaiter().GetResult();
                }
                finally
                {
                    CultureInfo.CurrentCulture = before;
                }
            },
            iter: 60,
            threads: 1);

    private static Block BlockOf(DataValue[] values, double start, double[] steps)
    {
        BlockBuilder points = new();
        double t = start;
        for (int i = 0; i < values.Length; i++)
        {
            t += steps[i];
            points.Add(t, values[i]);
        }

        return points.Build();
    }

    private async Task ComeBackAsync(Block[] blocks, Form form, CsvWriteOptions options)
    {
        int sample = _samples++;
        CdbPath[] streams = [.. blocks.Select((_, i) => _from.Identity.Child($"s{sample}-{i}"))];
        for (int i = 0; i < blocks.Length; i++)
        {
            await _from.CreateStreamAsync(streams[i], new StreamDefinition(), Some.NoToken);
            // Older versions stored numbers that no double holds.
            await _from.AppendAsync([new StreamBlock(streams[i], blocks[i])], new AppendOptions { AsExported = true }, Some.NoToken);
        }

        string file = _folder[$"{sample}.csv"];
        await ExportAsync(_from, streams, form, file, options);
        for (int repetition = 0; repetition < 2; repetition++)
        {
            CsvImportResult result = await ImportAsync(_to, file);
            Assert.Empty(result.FirstRejected);
            Assert.Equal(repetition == 0 ? blocks.Sum(block => block.Count) : 0, result.Stored);
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            Assert.Equal(Texts(blocks[i]), blocks[i].Count == 0 ? [] : await ReadAsync(_to, streams[i]));
        }
    }

    private static async Task ExportAsync(ICdbClient client, CdbPath[] streams, Form form, string file, CsvWriteOptions options)
    {
        using CsvExport export = new(file, options, new CsvFileMode());
        DataQuery[] queries = [.. streams.Select(path => new DataQuery(path))];
        export.Begin(form == Form.Long ? [CsvExport.TimeName, CsvExport.StreamName, CsvExport.ValueName] : [CsvExport.TimeName, .. streams.Select(path => path.Name)]);
        WideRows rows = new(streams, export);
        await foreach (Block block in client.MergeAsync(queries, Some.NoToken))
        {
            if (form == Form.Wide)
            {
                rows.Add(block);
                continue;
            }

            for (int i = 0; i < block.Count; i++)
            {
                export.Write(block.Times.Span[i], block.Streams![i]!.Name, block.Values[i]);
            }
        }

        rows.Complete();
        export.Complete();
    }

    private static async Task<CsvImportResult> ImportAsync(ICdbClient client, string file)
    {
        await using CsvImport import = await CsvImport.OpenAsync(client, file, new CsvImportOptions { CreateStreams = true }, Some.NoToken);
        await foreach (CsvImportStep _ in import.RunAsync(Some.NoToken))
        {
        }

        return import.Result;
    }

    private static async Task<List<string>> ReadAsync(ICdbClient client, CdbPath stream)
    {
        List<string> texts = [];
        await foreach (Block block in client.ReadAsync(new DataQuery(stream), Some.NoToken))
        {
            texts.AddRange(Texts(block));
        }

        return texts;
    }

    private static List<string> Texts(Block block)
        => [.. Enumerable.Range(0, block.Count).Select(i => $"{BitConverter.DoubleToInt64Bits(block.Times.Span[i] + 0.0)} {block.Values[i].Kind} {block.Values[i].ToJson()}")];
}
