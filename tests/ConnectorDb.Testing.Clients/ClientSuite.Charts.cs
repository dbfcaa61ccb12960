using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

/// <summary>Streams summarized in columns of time.</summary>
public abstract partial class ClientSuite
{
    [SkippableFact]
    public async Task Columns_cover_the_datapoints_between_their_edges()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Points((0.5, "1"), (59.5, "3"), (60, "10"), (150, "null"), (180, "20")), false, Some.NoToken);
        IReadOnlyList<StreamSummary> minutes = await Client.ChartAsync(new ChartQuery(new DataQuery(stream)) { Every = 60 }, Some.NoToken);
        Assert.Equal(
            ["0-60: 2 datapoints, 1..3, 4", "60-120: 1 datapoints, 10..10, 10", "120-180: 1 datapoints, .., ", "180-240: 1 datapoints, 20..20, 20"],
            minutes.Select(Shown));
        Assert.Equal((0.5, 59.5, stream.ToString()), (minutes[0].FirstT, minutes[0].LastT, minutes[0].Stream));
    }

    [SkippableFact]
    public async Task Columns_of_a_calendar_start_at_local_midnight()
    {
        CdbPath stream = await NewStream();
        double hour = UnixTime.FromDateTimeOffset(new DateTimeOffset(2024, 3, 29, 23, 30, 0, TimeSpan.Zero));
        await Client.AppendAsync(stream, new Block(Enumerable.Range(0, 72).Select(i => hour + (3600 * i)).ToArray(), new NumberColumn(new double[72])), false, Some.NoToken);
        IReadOnlyList<StreamSummary> days = await Client.ChartAsync(
            new ChartQuery(new DataQuery(stream)) { Step = new CalendarStep(1, CalendarUnit.Day), TimeZone = "Europe/Berlin" }, Some.NoToken);

        // The night from 30 to 31 March has no hour 02:00 in Berlin.
        Assert.Equal([24L, 23L, 24L, 1L], days.Select(day => day.Count));
        Assert.Equal(23 * 3600, days[1].ToT - days[1].FromT);
    }

    [SkippableFact]
    public async Task Columns_of_many_segments_lose_no_extreme_and_no_datapoint()
    {
        CdbPath stream = await NewStream();
        const int Count = 30_000;
        double[] values = [.. Enumerable.Range(0, Count).Select(i => i % 1000 / 8.0)];
        (values[12_345], values[20_001]) = (-7.25, 999.5);
        await Client.AppendAsync(stream, new Block(Enumerable.Range(0, Count).Select(i => i + 0.0).ToArray(), new NumberColumn(values)), false, Some.NoToken);
        foreach (int columns in (int[])[1, 3, 40, 1000])
        {
            IReadOnlyList<StreamSummary> chart = await Client.ChartAsync(new ChartQuery(new DataQuery(stream)) { Columns = columns }, Some.NoToken);
            Assert.InRange(chart.Count, 1, columns + 1);
            Assert.Equal((Count, values.Sum(), -7.25, 999.5), (chart.Sum(column => column.Count), chart.Sum(column => column.Sum), chart.Min(column => column.Minimum), chart.Max(column => column.Maximum)));
            Assert.Equal((0, Count - 1), (chart[0].FirstT, chart[^1].LastT));
            Assert.All(chart.Zip(chart.Skip(1)), pair => Assert.True(pair.First.LastT < pair.Second.FirstT));
        }
    }

    [SkippableFact]
    public async Task Columns_divide_segments_exactly_at_their_edges()
    {
        CdbPath stream = await NewStream();
        double[] values = [.. Enumerable.Range(0, 30_000).Select(i => Math.Round(Math.Sin(i / 50.0), 3))];
        await Client.AppendAsync(stream, new Block(Enumerable.Range(0, values.Length).Select(i => i / 10.0).ToArray(), new NumberColumn(values)), false, Some.NoToken);
        IReadOnlyList<StreamSummary> minutes = await Client.ChartAsync(new ChartQuery(new DataQuery(stream)) { Columns = 50 }, Some.NoToken);
        Assert.Equal(
            values.Chunk(600).Select((chunk, i) => $"{60 * i}-{60 * (i + 1)}: 600 datapoints, {chunk.Min()}..{chunk.Max()}"),
            minutes.Select(minute => $"{minute.FromT}-{minute.ToT}: {minute.Count} datapoints, {minute.Minimum}..{minute.Maximum}"));
    }

    [SkippableFact]
    public async Task A_chart_that_is_asked_for_again_shows_what_was_appended_and_removed_meanwhile()
    {
        CdbPath stream = await NewStream();
        List<double> values = [];
        await AppendAsync(100_000, 1);
        await AppendAsync(2_500, 2);
        if (CanRemove)
        {
            values.RemoveRange(60_123, values.Count - 60_123);
            await Client.RemoveNewestAsync(stream, 60_123, 102_500, Some.NoToken);
            await CheckAsync();
        }

        await AppendAsync(50_000, 3);

        async Task AppendAsync(int count, double value)
        {
            double[] times = [.. Enumerable.Range(values.Count, count).Select(i => (double)i)];
            double[] added = [.. Enumerable.Range(0, count).Select(i => value + (i % 10))];
            values.AddRange(added);
            await Client.AppendAsync(stream, new Block(times, new NumberColumn(added)), false, Some.NoToken);
            await CheckAsync();
        }

        async Task CheckAsync()
        {
            for (int i = 0; i < 2; i++)
            {
                foreach ((int from, int to) in ((int, int)[])[(0, values.Count), (1234, values.Count), (1000, 70_000)])
                {
                    IReadOnlyList<StreamSummary> columns = await Client.ChartAsync(new ChartQuery(new DataQuery(stream) { T1 = from - 0.5, T2 = to - 0.5 }) { Every = 1000 }, Some.NoToken);
                    Assert.Equal(
                        values.Index().Skip(from).Take(to - from).GroupBy(point => point.Index / 1000).Select(column => (1000.0 * column.Key, column.LongCount(), column.Sum(point => point.Item))),
                        columns.Select(column => (column.FromT!.Value, column.Count, column.Sum!.Value)));
                }
            }
        }
    }

    [SkippableFact]
    public async Task Few_datapoints_are_columns_of_their_own()
    {
        CdbPath stream = await TenPoints();
        IReadOnlyList<StreamSummary> chart = await Client.ChartAsync(new ChartQuery(new DataQuery(stream) { T1 = 10, T2 = 50 }) { Columns = 100 }, Some.NoToken);
        Assert.Equal([(20.0, 20.0, 1L, 20.0), (30.0, 30.0, 1L, 30.0), (40.0, 40.0, 1L, 40.0), (50.0, 50.0, 1L, 50.0)], chart.Select(column => (column.FirstT!.Value, column.ToT!.Value, column.Numbers, column.Mean!.Value)));
    }

    [SkippableFact]
    public async Task Booleans_are_0_and_1_but_no_extremes_of_other_numbers_and_are_counted_by_state_like_texts()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Points((1, "true"), (2, "\"off\""), (3, "false"), (4, "true"), (5, "7"), (6, "null"), (3601, "\"off\""), (3602, "\"off\""), (7201, "1")), false, Some.NoToken);
        IReadOnlyList<StreamSummary> hours = await Client.ChartAsync(new ChartQuery(new DataQuery(stream)) { Every = 3600 }, Some.NoToken);
        Assert.Equal((6L, 4L, 7.0, 7.0, 9.0), (hours[0].Count, hours[0].Numbers, hours[0].Minimum, hours[0].Maximum, hours[0].Sum));
        IReadOnlyList<StreamSummary> first = await Client.ChartAsync(new ChartQuery(new DataQuery(stream) { T2 = 4 }) { Every = 3600 }, Some.NoToken);
        Assert.Equal((3L, 0.0, 1.0), (first[0].Numbers, first[0].Minimum, first[0].Maximum));
        Assert.Equal(["off: 1 false: 1 true: 2 null: 1", "off: 2", ""], hours.Select(hour => string.Join(' ', hour.States!)));
    }

    [SkippableFact]
    public async Task Booleans_are_counted_apart_from_texts_of_the_same_name_also_among_many_texts()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Points([.. Enumerable.Range(0, 40).Select(i => ((double)i, $"\"text {i}\"")), (50, "true"), (51, "\"true\""), (52, "false"), (53, "true"), (54, "7"), (3601, "true"), (7201, "\"true\"")]), false, Some.NoToken);
        IReadOnlyList<StreamSummary> hours = await Client.ChartAsync(new ChartQuery(new DataQuery(stream)) { Every = 3600 }, Some.NoToken);
        Assert.Equal([(4L, 3L, 2L), (1L, 1L, 1L), (0L, 0L, 0L)], hours.Select(hour => (hour.Numbers, hour.Booleans, hour.Trues)));
        Assert.All(hours, hour => Assert.Null(hour.States));
    }

    [SkippableFact]
    public async Task Too_many_or_long_texts_and_objects_are_no_states()
    {
        foreach (string[] values in (string[][])[[.. Enumerable.Range(0, 33).Select(i => $"\"text {i}\"")], ["\"a\"", $"\"{new string('b', 101)}\""], ["\"a\"", "{}"]])
        {
            CdbPath stream = await NewStream();
            await Client.AppendAsync(stream, Points([.. values.Select((value, i) => ((double)i, value))]), false, Some.NoToken);
            IReadOnlyList<StreamSummary> columns = await Client.ChartAsync(new ChartQuery(new DataQuery(stream)) { Columns = 100 }, Some.NoToken);
            Assert.Equal(values.Length, columns.Count);
            Assert.All(columns, column => Assert.Null(column.States));
        }
    }

    [SkippableFact]
    public async Task A_transform_runs_before_its_results_are_summarized()
    {
        CdbPath stream = await TenPoints();
        IReadOnlyList<StreamSummary> chart = await Client.ChartAsync(new ChartQuery(new DataQuery(stream) { Transform = "if $ > 40 | $ * 2" }) { Every = 60 }, Some.NoToken);
        Assert.Equal(["0-60: 1 datapoints, 100..100, 100", "60-120: 5 datapoints, 120..200, 800"], chart.Select(Shown));
    }

    [SkippableFact]
    public async Task Many_streams_are_answered_in_order_and_a_missing_one_with_null()
    {
        CdbPath stream = await TenPoints();
        CdbPath empty = await NewStream();
        IReadOnlyList<IReadOnlyList<StreamSummary>?> charts = await Client.ChartAsync(
            [Chart(stream), Chart(NewPath()), Chart(empty)], Some.NoToken);
        Assert.Equal([10, null, 0], charts.Select(chart => chart?.Count));

        static ChartQuery Chart(CdbPath path) => new(new DataQuery(path)) { Columns = 24 };
    }

    [SkippableFact]
    public async Task Columns_that_cannot_be_are_refused()
    {
        DataQuery stream = new(await TenPoints());
        await Refused<InvalidRangeException>(new ChartQuery(stream));
        await Refused<InvalidRangeException>(new ChartQuery(stream) { Columns = 0 });
        await Refused<InvalidRangeException>(new ChartQuery(stream) { Columns = 10_001 });
        await Refused<InvalidRangeException>(new ChartQuery(stream) { Columns = 10, Every = 60 });
        await Refused<InvalidRangeException>(new ChartQuery(stream) { Every = 0 });
        await Refused<InvalidRangeException>(new ChartQuery(stream) { Every = double.NaN });
        await Refused<InvalidRangeException>(new ChartQuery(stream with { Limit = 5 }) { Columns = 10 });
        await Refused<InvalidValueException>(new ChartQuery(stream) { Every = 60, TimeZone = "Moon/Crater" });
        await Assert.ThrowsAsync<NotFoundException>(async () => await Client.ChartAsync(new ChartQuery(new DataQuery(NewPath())) { Columns = 1 }, Some.NoToken));

        async Task Refused<T>(ChartQuery query)
            where T : Exception => await Assert.ThrowsAsync<T>(async () => await Client.ChartAsync(query, Some.NoToken));
    }

    private static string Shown(StreamSummary column)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column.FromT}-{column.ToT}: {column.Count} datapoints, {column.Minimum}..{column.Maximum}, {column.Sum}");
}
