using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Queries;

public class InvokeCdbDatasetTests : ModuleTest
{
    /// <summary>Temperature every 30 minutes from midnight UTC, rain every hour.</summary>
    public InvokeCdbDatasetTests()
    {
        Connect();
        Get("""
            New-CdbStream temperature, rain
            $midnight = [datetimeoffset]'2026-01-01T00:00:00Z'
            Add-CdbDatapoint temperature (0..47 | ForEach-Object { $_ / 2 }) -Timestamp (0..47 | ForEach-Object { $midnight.AddMinutes(30 * $_) })
            Add-CdbDatapoint rain (0..23) -Timestamp (0..23 | ForEach-Object { $midnight.AddHours($_) })
            """);
    }

    [Fact]
    public void Rows_have_the_time_first_and_the_columns_in_the_order_given()
    {
        var rows = Get("Invoke-CdbDataset ([ordered]@{ z = 'temperature:mean'; a = 'rain:sum'; M = 'temperature:closest' }) -From $midnight -To $midnight.AddHours(6) -Every 2h");

        Assert.Equal(["Timestamp", "z", "a", "M"], rows[0]!.Properties.Select(p => p.Name));
        Assert.Equal("0 0 0|1.25 3 2|3.25 7 4|5.25 11 6", Text(rows, "z", "a", "M"));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero), rows[1]!.Properties["Timestamp"].Value);
    }

    [Fact]
    public void Raw_gives_an_array_for_each_column()
    {
        Get("$raw = Invoke-CdbDataset ([ordered]@{ z = 'temperature:mean'; a = 'rain:closest' }) -From $midnight -To $midnight.AddHours(6) -Every 2h -Raw");

        Assert.Equal("Timestamps z a", string.Join(' ', Get("$raw.PSObject.Properties.Name")));
        Assert.Equal("Double[] Double[] Int64[]", string.Join(' ', Get("$raw.PSObject.Properties | ForEach-Object { $_.Value.GetType().Name }")));
        Assert.Equal("0 1.25 3.25 5.25|0 2 4 6|1767225600 1767232800 1767240000 1767247200", string.Join('|', Get("\"$($raw.z)\"; \"$($raw.a)\"; \"$($raw.Timestamps)\"")));
    }

    [Fact]
    public void Raw_of_an_X_dataset_has_the_array_x_and_none_has_rows_of_a_post_transform()
    {
        Assert.Equal("0 1|0 1", string.Join('|', Get("$raw = Invoke-CdbDataset @{ t = 'temperature:closest' } -X @{ stream = 'rain'; first = 2 } -Raw; \"$($raw.x)\"; \"$($raw.t)\"")));
        Assert.Equal("0", string.Join('|', Get("(Invoke-CdbDataset @{ t = 'temperature:closest' } -X rain -To 2020-01-01 -Raw).t.Count")));
        Assert.Contains("-PostTransform", Run("Invoke-CdbDataset @{ t = 'temperature:closest' } -X rain -Raw -PostTransform '$'").Errors[0].ToString());
    }

    [Theory]
    [InlineData("-Every 2h")]
    [InlineData("-Every 120m")]
    [InlineData("-Every 7200")]
    [InlineData("-Every 02:00")]
    [InlineData("-Every ([timespan]::FromHours(2))")]
    public void Steps_are_given_in_any_form(string every)
    {
        Assert.Equal(4, Get($"Invoke-CdbDataset temperature:closest -From $midnight -To $midnight.AddHours(6) {every}").Count);
    }

    [Theory]
    [InlineData("@{ v = 'temperature:closest' }")]
    [InlineData("'temperature:closest'")]
    [InlineData("@{ v = @{ Stream = 'temperature'; Interpolator = 'closest' } }")]
    [InlineData("@{ v = @{ stream = 'me/user/temperature'; interpolator = 'closest'; allownil = $false } }")]
    [InlineData("@{ v = @{ merge = 'temperature', @{ stream = 'rain'; first = 1 }; interpolator = 'closest' } }")]
    [InlineData("@{ v = 'temperature:$' }")]
    public void A_column_is_given_in_any_form(string column)
    {
        Assert.Equal("2|4", string.Join('|', Get($"Invoke-CdbDataset {column} -From $midnight.AddHours(2) -To $midnight.AddHours(4) -Every 2h | ForEach-Object {{ $_.PSObject.Properties.Value[1] }}")));
    }

    [Fact]
    public void A_column_has_its_own_transform_and_range()
    {
        var rows = Get("Invoke-CdbDataset @{ v = @{ stream = 'temperature'; transform = '$ + 100'; interpolator = 'closest'; to = $midnight } } -From $midnight -To $midnight.AddHours(2) -Every 1h");

        Assert.Equal("100|100|100", Text(rows, "v"));
    }

    [Fact]
    public void Rows_lie_at_the_times_of_another_stream()
    {
        var rows = Get("Invoke-CdbDataset @{ v = 'temperature:before' } -X rain -From $midnight.AddHours(1) -To $midnight.AddHours(3)");

        Assert.Equal(["Timestamp", "x", "v"], rows[0]!.Properties.Select(p => p.Name));
        Assert.Equal("1 1|2 2|3 3", Text(rows, "x", "v"));
    }

    [Fact]
    public void Rows_lie_at_the_times_of_a_merge()
    {
        Assert.Equal("0|0|1|23", Text(Get("Invoke-CdbDataset @{ v = 'temperature:before' } -X @{ stream = 'rain'; first = 2 }, @{ stream = 'temperature'; first = 1 }, @{ stream = 'rain'; last = 1 }"), "x"));
    }

    [Fact]
    public void Rows_without_a_value_are_left_out_unless_they_are_wanted()
    {
        const string Script = "Invoke-CdbDataset @{ v = 'temperature:min' } -From $midnight.AddHours(22) -To $midnight.AddHours(25) -Every 1h";

        Assert.Equal(3, Get(Script).Count);
        Assert.Equal(4, Get($"{Script} -AllowNull").Count);
    }

    [Fact]
    public void A_post_transform_makes_rows_of_rows_or_datapoints_of_rows()
    {
        const string Script = "Invoke-CdbDataset @{ v = 'temperature:closest' } -From $midnight -To $midnight.AddHours(6) -Every 2h -PostTransform";

        Assert.Equal("6", Text(Get($"{Script} 'if last'"), "v"));
        Assert.Equal("0|2|4|6", Text(Get($"{Script} '$(\"v\")'"), "Data"));
    }

    [Fact]
    public void The_first_rows_come_before_the_last_are_computed()
    {
        // Ten years of milliseconds would take hours, and far more memory than there is.
        var rows = Get("""
            $rows = [System.Collections.ArrayList]::new()
            do { Invoke-CdbDataset temperature:closest -From $midnight -To $midnight.AddYears(10) -Every 0.001 -Force | ForEach-Object { $null = $rows.Add($_); break } } while ($false)
            $rows
            """);

        Assert.Equal("0", Text(rows, "temperature"));
    }

    [Theory]
    [InlineData("temperature:closest -From $midnight -To $midnight.AddYears(10) -Every 0.001", "InvalidRange")]
    [InlineData("temperature:closest -From $midnight -To $midnight.AddYears(10) -Every 0", "InvalidRange")]
    [InlineData("temperature:closest -From $midnight -To $midnight.AddHours(-1) -Every 1h", "InvalidRange")]
    [InlineData("temperature:closest -Every 1h", "InvalidRange")]
    [InlineData("@{ Timestamp = 'temperature:closest' } -From $midnight -Every 1h", "InvalidValue")]
    [InlineData("@{ X = 'temperature:closest' } -X rain", "InvalidValue")]
    [InlineData("temperature:closest, temperature:mean -X rain", "InvalidValue")]
    [InlineData("temperature -X rain", "InvalidValue")]
    [InlineData("@{ v = @{ stream = 'temperature' } } -X rain", "InvalidValue")]
    [InlineData("@{ v = @{ stream = 'temperature'; interpolator = 'closest'; merge = 'rain' } } -X rain", "InvalidValue")]
    [InlineData("nowhere:closest -X rain", "NotFound")]
    [InlineData("temperature:closest -X nowhere", "NotFound")]
    [InlineData("temperature:nonsense -X rain", "ScriptSyntax")]
    [InlineData("temperature:closest -X rain -PostTransform cuont", "ScriptSyntax")]
    public void A_dataset_that_cannot_be_made_is_an_error_and_nothing_comes_out(string arguments, string id)
    {
        var result = Run($"Invoke-CdbDataset {arguments}");

        Assert.Equal(id, result.ErrorId);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Column_x_is_allowed_where_no_stream_gives_the_times()
    {
        Assert.Equal("0|1", Text(Get("Invoke-CdbDataset @{ x = 'temperature:closest' } -From $midnight -To $midnight.AddHours(1) -Every 1h"), "x"));
    }

    private static string Text(IReadOnlyList<PSObject?> rows, params string[] columns)
        => string.Join('|', rows.Select(row => string.Join(' ', columns.Select(column => LanguagePrimitives.ConvertTo<string>(row!.Properties[column].Value)))));
}
