using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Data;

public sealed class GetCdbDatapointTests : ModuleTest
{
    /// <summary>Ten values 0 to 9, a minute apart, from noon UTC.</summary>
    public GetCdbDatapointTests()
    {
        Connect();
        Get("""
            New-CdbStream count -Schema number
            $noon = [datetimeoffset]'2026-01-31T12:00:00Z'
            Add-CdbDatapoint count (0..9) -Timestamp (0..9 | ForEach-Object { $noon.AddMinutes($_) })
            """);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-From 2026-01-31T12:00:00Z -To 2026-01-31T12:09:00Z")]
    [InlineData("-From ([datetime]'2026-01-31T12:00:00Z') -To ([datetime]'2026-01-31T12:09:00Z')")]
    [InlineData("-From $noon -To $noon.AddMinutes(9)")]
    [InlineData("-From 1769860800 -To 1769861340")]
    [InlineData("-Since $noon")]
    [InlineData("-First 100")]
    [InlineData("-Last 100")]
    [InlineData("-Index 0..9")]
    [InlineData("-Index 0..-1")]
    [InlineData("-Index (0..9)")]
    public void A_range_of_everything_gives_everything_in_order(string range)
    {
        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L], Data(range));
    }

    [Theory]
    [InlineData("-From $noon.AddMinutes(2) -To $noon.AddMinutes(4)", new[] { 2L, 3, 4 })]
    [InlineData("-From $noon.AddMinutes(8)", new[] { 8L, 9 })]
    [InlineData("-To $noon.AddMinutes(1)", new[] { 0L, 1 })]
    [InlineData("-To $noon.AddMinutes(1).AddTicks(-20)", new[] { 0L })]
    [InlineData("-From $noon.AddMinutes(4) -To $noon.AddMinutes(2)", new long[0])]
    [InlineData("-From $noon.AddMinutes(2) -Limit 2", new[] { 2L, 3 })]
    [InlineData("-First 2", new[] { 0L, 1 })]
    [InlineData("-First 2 -Skip 3", new[] { 3L, 4 })]
    [InlineData("-First 0", new long[0])]
    [InlineData("-Skip 8", new[] { 8L, 9 })]
    [InlineData("-Skip 50", new long[0])]
    [InlineData("-Last 2", new[] { 8L, 9 })]
    [InlineData("-Last 2 -Skip 3", new[] { 5L, 6 })]
    [InlineData("-Last 0", new long[0])]
    [InlineData("-Index 5", new[] { 5L })]
    [InlineData("-Index -1", new[] { 9L })]
    [InlineData("-Index 50", new long[0])]
    [InlineData("-Index 2..5", new[] { 2L, 3, 4, 5 })]
    [InlineData("-Index '2..5'", new[] { 2L, 3, 4, 5 })]
    [InlineData("-Index -3..-2", new[] { 7L, 8 })]
    [InlineData("-Index 7..", new[] { 7L, 8, 9 })]
    [InlineData("-Index ..1", new[] { 0L, 1 })]
    [InlineData("-Index 9, 0, 1", new[] { 9L, 0, 1 })]
    [InlineData("-Index (2..0)", new[] { 2L, 1, 0 })]
    [InlineData("-Index 2..0", new[] { 2L, 1, 0 })]
    [InlineData("-Index (-1..1)", new[] { 9L, 0, 1 })]
    public void A_part_is_given_in_the_order_asked_for(string range, long[] expected)
    {
        Assert.Equal(expected.Cast<object>(), Data(range));
    }

    [Fact]
    public void Spans_count_back_from_now()
    {
        Get("New-CdbStream recent; Add-CdbDatapoint recent 1, 2, 3 -Timestamp 3h, 30m, ([timespan]'00:00:10')");

        Assert.Equal([2L, 3L], Values("Get-CdbDatapoint recent -Since 1h"));
        Assert.Equal([3L], Values("Get-CdbDatapoint recent -From 20m"));
        Assert.Equal([1L, 2L], Values("Get-CdbDatapoint recent -Since 7d -To 5m"));
        Assert.Equal([3L], Values("Get-CdbDatapoint recent -Since ([timespan]::FromMinutes(20))"));
    }

    [Theory]
    [InlineData("7d", new[] { 2L, 3 })]
    [InlineData("'7d'", new[] { 2L, 3 })]
    [InlineData("9000s", new[] { 3L })]
    [InlineData("0s", new long[0])]
    public void Spans_that_PowerShell_takes_for_numbers_count_back_from_now(string since, long[] expected)
    {
        Get("New-CdbStream old; Add-CdbDatapoint old 1, 2, 3 -Timestamp ([timespan]'9.00:00:00'), 48h, ([timespan]'00:00:10')");

        Assert.Equal(expected.Cast<object>(), Values($"Get-CdbDatapoint old -Since {since}"));
        Assert.Equal((long)expected.Length, Get($"(Measure-CdbStream old -Since {since}).Count").Single()!.BaseObject);
    }

    [Fact]
    public void A_datapoint_is_found_by_the_time_it_shows()
    {
        Get("New-CdbStream fine; Add-CdbDatapoint fine 1, 2, 3 -Timestamp 1769860800.1234561, 1769860800.1234572, 1769860801");

        Assert.Equal([2L], Values("$p = Get-CdbDatapoint fine -Index 1; Get-CdbDatapoint fine -From $p.Timestamp -To $p.Timestamp"));
    }

    [Fact]
    public void A_datapoint_has_time_and_value_under_all_their_names()
    {
        var point = Run("Get-CdbDatapoint count -Index 3").Single!;

        Assert.Equal(1769860980.0, point.Properties["T"].Value);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 3, 0, TimeSpan.Zero), point.Properties["Timestamp"].Value);
        Assert.Equal(3L, point.Properties["Data"].Value);
        Assert.Equal(3L, point.Properties["D"].Value);
        Assert.Null(point.Properties["Origin"].Value);
        Assert.Equal("me/user/count", point.Properties["Stream"].Value.ToString());
    }

    [Theory]
    [InlineData("1.5, 2.5", "Double[]")]
    [InlineData("1, 2", "Int64[]")]
    [InlineData("1.5, 2", "Double[]")]
    [InlineData("$true, $false", "Boolean[]")]
    [InlineData("'a', 'b'", "String[]")]
    [InlineData("'a', 1.5", "Object[]")]
    [InlineData("1.5, $null", "Object[]")]
    [InlineData("1.5, 12345678901234567890", "Object[]")]
    public void Raw_gives_the_times_and_an_array_of_the_narrowest_kind(string values, string kind)
    {
        Get($"New-CdbStream raw; Add-CdbDatapoint raw ({values}) -Timestamp 1, 2.5; $raw = Get-CdbDatapoint raw -Raw");

        Assert.Equal(kind, Get("$raw.Values.GetType().Name")[0]!.BaseObject);
        Assert.Equal([1.0, 2.5], Get("$raw.Timestamps").Select(t => (double)t!.BaseObject));
        Assert.Equal(true, Get($"[string]::Join('|', [object[]]$raw.Values) -eq [string]::Join('|', [object[]]@({values}))")[0]!.BaseObject);
        Assert.Equal(2, Get("$raw.Count")[0]!.BaseObject);
    }

    [Fact]
    public void Raw_gives_one_object_for_each_stream_whatever_is_asked_of_it()
    {
        Get("New-CdbStream other; Add-CdbDatapoint other 42.5 -Timestamp 1; New-CdbStream empty");

        Assert.Equal(["me/user/other", "me/user/count", "me/user/empty"], Get("('other', 'count', 'empty' | Get-CdbDatapoint -Raw).Stream").Select(stream => (string)stream!.BaseObject));
        Assert.Equal([0L, 1L, 4L], Get("(Get-CdbDatapoint count -Index 0, 1, 4 -Raw).Values").Select(value => (long)value!.BaseObject));
        Assert.Equal([0.5], Get("(Get-CdbDatapoint count -Raw -Transform '$ + 0.5' -Limit 1).Values").Select(value => (double)value!.BaseObject));
        Assert.Equal("Double[]", Get("(Get-CdbDatapoint empty -Raw).Values.GetType().Name")[0]!.BaseObject);
    }

    [Fact]
    public void Objects_have_properties_and_lists_are_arrays()
    {
        Get("New-CdbStream things; @{ a = 1; b = @(@{ c = 'x' }) } | Add-CdbDatapoint things");

        Assert.Equal(["x"], Values("(Get-CdbDatapoint things).Data.b[0].c"));
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_kept_apart()
    {
        Get("""New-CdbStream things; $both = [System.Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal); $both['a'] = 1; $both['A'] = 2; , $both | Add-CdbDatapoint things""");

        Assert.Equal([1L, 2L], Values("$d = (Get-CdbDatapoint things).Data; $d['a']; $d['A']"));
    }

    [Fact]
    public void Streams_come_from_the_pipeline()
    {
        Get("New-CdbStream other; Add-CdbDatapoint other 42 -Timestamp 1");

        Assert.Equal([42L, 0L], Values("'other', 'count' | Get-CdbDatapoint -First 1"));
        Assert.Equal([42L], Values("Get-CdbStream o* | Get-CdbDatapoint"));
        Assert.Equal([42L], Values("[pscustomobject]@{ Path = 'me/user/other' } | Get-CdbDatapoint"));
        Assert.Equal([42L], Values("Get-CdbDatapoint user/other"));
    }

    [Fact]
    public void Datapoints_are_handed_out_while_the_rest_is_not_read_yet()
    {
        Get("New-CdbStream many; Add-CdbDatapoint many (1..100000)");

        Assert.Equal([1L], Values("$seen = [System.Collections.ArrayList]::new(); do { Get-CdbDatapoint many | ForEach-Object { $null = $seen.Add($_); break } } while ($false); $seen"));
    }

    [Fact]
    public void An_unknown_stream_is_an_error_about_what_was_typed_and_the_next_one_follows()
    {
        var result = Run("Get-CdbDatapoint nowhere, count -First 1");

        Assert.Equal("NotFound", result.ErrorId);
        Assert.Equal("nowhere", result.Error.TargetObject);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("-From yesterdayish")]
    [InlineData("-Index x")]
    [InlineData("-First 1 -From 1h")]
    [InlineData("-First -1")]
    [InlineData("-First 1 -Last 1")]
    public void Arguments_that_say_nothing_are_refused(string arguments)
    {
        Assert.NotEmpty(Run($"Get-CdbDatapoint count {arguments}").Errors);
    }

    [Fact]
    public void Two_starts_are_refused()
    {
        Assert.Equal("InvalidRange", Run("Get-CdbDatapoint count -From 1h -Since 2h").ErrorId);
    }

    [Fact]
    public void Without_a_connection_the_error_says_how_to_get_one()
    {
        var error = Run("Disconnect-Cdb; Get-CdbDatapoint count").Error;

        Assert.StartsWith("NotConnected", error.FullyQualifiedErrorId);
        Assert.Contains("Connect-Cdb", error.ToString());
    }

    [Fact]
    public void A_connection_that_is_given_serves_instead_of_the_default()
    {
        Get("$mine = (Get-CdbConnection)[0]; Connect-Cdb \"$Folder/other.cdb\"");

        Assert.Equal([0L], Values("Get-CdbDatapoint count -First 1 -Connection $mine"));
        Assert.Equal("NotFound", Run("Get-CdbDatapoint count").ErrorId);
    }

    private IEnumerable<object?> Data(string range) => Values($"Get-CdbDatapoint count {range}");

    private IEnumerable<object?> Values(string script) => Get($"{script} | ForEach-Object {{ if ($_.PSObject.Properties['Data']) {{ $_.Data }} else {{ $_ }} }}").Select(o => o?.BaseObject);
}
