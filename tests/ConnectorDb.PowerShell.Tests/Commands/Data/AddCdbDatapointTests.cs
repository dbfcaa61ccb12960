using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Data;

public sealed class AddCdbDatapointTests : ModuleTest
{
    public AddCdbDatapointTests()
    {
        Connect();
        Get("New-CdbStream number -Schema number; New-CdbStream anything; New-CdbStream yes -Schema boolean; New-CdbStream whole -Schema integer");
    }

    [Fact]
    public void Values_from_the_pipeline_are_stored_in_order()
    {
        Get("21.5, 21.7, 20 | Add-CdbDatapoint number");

        Assert.Equal([21.5, 21.7, 20L], Data("number"));
    }

    [Fact]
    public void Values_given_as_an_argument_are_stored_in_order()
    {
        Get("Add-CdbDatapoint number 1, 2, 3; Add-CdbDatapoint number -Value 4");

        Assert.Equal([1L, 2L, 3L, 4L], Data("number"));
    }

    [Theory]
    [InlineData("[double[]](21.5, 21.7)", "number", 21.5, 21.7)]
    [InlineData("[long[]](1, 2)", "whole", 1L, 2L)]
    [InlineData("[bool[]]($true, $false)", "yes", true, false)]
    public void Arrays_are_stored_with_their_times(string array, string stream, object first, object second)
    {
        Get($"Add-CdbDatapoint {stream} -Value ({array}) -Timestamp 5, 6.5");

        Assert.Equal([first, second], Data(stream));
        Assert.Equal([5.0, 6.5], Times(stream));
    }

    [Fact]
    public void An_array_comes_behind_what_came_before_and_gets_the_time_of_its_arrival()
    {
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        Get("Add-CdbDatapoint number 1; Add-CdbDatapoint number ([double[]](2.5, 3.5)); Add-CdbDatapoint number ([double[]]@())");

        Assert.Equal([1L, 2.5, 3.5], Data("number"));
        Assert.InRange((DateTimeOffset)Get("(Get-CdbDatapoint number -Last 1).Timestamp")[0]!.BaseObject, before, DateTimeOffset.UtcNow.AddMilliseconds(1));
    }

    [Fact]
    public void Of_an_array_what_is_good_is_stored_and_the_rest_is_named()
    {
        var result = Run("Add-CdbDatapoint number ([double[]](1.5, [double]::NaN, 2.5, 3.5)) -Timestamp 1, 2, 3, 2");

        Assert.Equal([1.5, 2.5], Data("number"));
        Assert.Equal(["Datapoint 2 ", "Datapoint 4 "], result.Errors.Select(error => error.ErrorDetails.Message[..12]));
    }

    [Fact]
    public void Arrays_that_were_read_raw_make_the_same_stream()
    {
        Get("Add-CdbDatapoint number 21.5, 21.7 -Timestamp 5, 6.5; Add-CdbDatapoint anything 'a', 1, $null -Timestamp 1, 2, 3; New-CdbStream copy; New-CdbStream mixed");
        Get("Get-CdbDatapoint number -Raw | Add-CdbDatapoint copy; Get-CdbDatapoint anything -Raw | Add-CdbDatapoint mixed");

        Assert.Equal([21.5, 21.7], Data("copy"));
        Assert.Equal([5.0, 6.5], Times("copy"));
        Assert.Equal(["a", 1L, null], Data("mixed"));
        Assert.Equal([1.0, 2.0, 3.0], Times("mixed"));
    }

    [Fact]
    public void Without_a_time_a_value_gets_the_time_of_its_arrival()
    {
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        Get("1 | Add-CdbDatapoint number");

        Assert.InRange((DateTimeOffset)Get("(Get-CdbDatapoint number).Timestamp")[0]!.BaseObject, before, DateTimeOffset.UtcNow.AddMilliseconds(1));
    }

    [Theory]
    [InlineData("[datetime]::SpecifyKind([datetime]'2026-01-31 18:00', 'Utc')")]
    [InlineData("[datetimeoffset]'2026-01-31T19:00:00+01:00'")]
    [InlineData("'2026-01-31T18:00:00Z'")]
    [InlineData("1769882400")]
    [InlineData("'1769882400'")]
    [InlineData("([datetime]::SpecifyKind([datetime]'2026-01-31 18:00', 'Utc').ToLocalTime())")]
    public void A_time_is_given_in_any_form(string time)
    {
        Get($"Add-CdbDatapoint number 1 -Timestamp ({time})");

        Assert.Equal([1769882400.0], Times("number"));
    }

    [Fact]
    public void One_time_serves_all_values_and_many_times_serve_one_each()
    {
        Get("Add-CdbDatapoint number 1, 2 -Timestamp 100; Add-CdbDatapoint number 3, 4 -Timestamp 101, 102");

        Assert.Equal([100.0, 100, 101, 102], Times("number"));
    }

    [Fact]
    public void Times_that_do_not_fit_the_values_are_refused()
    {
        Assert.Equal("InvalidValue", Run("Add-CdbDatapoint number 1, 2, 3 -Timestamp 1, 2").ErrorId);
    }

    [Fact]
    public void Objects_with_t_and_d_are_datapoints()
    {
        Get("@{ t = 1.25; d = 5 }, [pscustomobject]@{ T = 2; D = 6; O = 'me/other' } | Add-CdbDatapoint number");

        Assert.Equal([1.25, 2], Times("number"));
        Assert.Equal([5L, 6L], Data("number"));
    }

    [Fact]
    public void Objects_with_more_than_t_and_d_are_values()
    {
        Get("@{ t = 1; d = 5; e = 6 } | Add-CdbDatapoint anything");

        Assert.Equal(6, Get("(Get-CdbDatapoint anything).Data.e")[0]!.BaseObject as long?);
    }

    [Fact]
    public void Piping_one_stream_into_another_copies_it_exactly()
    {
        Get("""
            1, 1.0, 0.1, -0.0, 9223372036854775807, 1e300, 18446744073709551615, 'é "x"', '', $true, $null, @{ a = 1.0; b = @() }, @(1, 'x') |
                ForEach-Object { , $_ } | Add-CdbDatapoint anything
            New-CdbStream copy
            Get-CdbDatapoint anything | Add-CdbDatapoint copy
            """);

        var original = Get("Get-CdbDatapoint anything | ForEach-Object { '{0:R} {1} {2}' -f $_.T, $_.GetValue().Kind, $_.GetValue() }");
        Assert.Equal(13, original.Count);
        Assert.Equal(original, Get("Get-CdbDatapoint copy | ForEach-Object { '{0:R} {1} {2}' -f $_.T, $_.GetValue().Kind, $_.GetValue() }"));
    }

    [Fact]
    public void Rows_of_a_file_are_stored_by_the_names_of_their_columns()
    {
        Get("""
            [pscustomobject]@{ timestamp = '2026-01-01T00:00:00Z'; value = '1.5'; note = 'a' }, [pscustomobject]@{ timestamp = '2026-01-01T00:01:00Z'; value = '2'; note = 'b' } |
                Add-CdbDatapoint number -TimestampProperty timestamp -ValueProperty value
            """);

        Assert.Equal([1.5, 2L], Data("number"));
        Assert.Equal([1767225600.0, 1767225660], Times("number"));
    }

    [Fact]
    public void Several_properties_make_an_object()
    {
        Get("[pscustomobject]@{ a = 1; b = 'x'; c = 2 } | Add-CdbDatapoint anything -ValueProperty b, a");

        Assert.Equal("""{"b":"x","a":1}""", Json("anything"));
    }

    [Fact]
    public void A_property_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        var error = Run("[pscustomobject]@{ a = 1; b = 2 } | Add-CdbDatapoint number -ValueProperty c").Error;

        Assert.StartsWith("InvalidValue", error.FullyQualifiedErrorId);
        Assert.Contains("a, b", error.ToString());
    }

    [Theory]
    [InlineData("Add-CdbDatapoint number 1 -Timestamp 1769882400000")]
    [InlineData("Add-CdbDatapoint number 1 -Timestamp '1769882400000'")]
    [InlineData("Add-CdbDatapoint number 1, 2 -Timestamp ([double[]](1769882400000, 1769882400001))")]
    [InlineData("[pscustomobject]@{ t = 1769882400000; d = 1 } | Add-CdbDatapoint number")]
    public void Milliseconds_are_no_time_lest_the_stream_takes_nothing_of_today_any_more(string add)
    {
        Assert.Contains("unix seconds (not milliseconds)", Run(add).Error.ToString());
        Assert.Empty(Data("number"));
    }

    [Theory]
    [InlineData("number", "'21.5'", "21.5")]
    [InlineData("number", "'21'", "21")]
    [InlineData("whole", "'-3'", "-3")]
    [InlineData("yes", "'True'", "true")]
    [InlineData("anything", "'21.5'", "\"21.5\"")]
    public void Texts_become_what_the_schema_asks_for_and_stay_texts_where_it_allows_them(string stream, string value, string json)
    {
        Get($"{value} | Add-CdbDatapoint {stream}");

        Assert.Equal(json, Json(stream));
    }

    [Fact]
    public void A_value_that_breaks_the_schema_is_named_and_the_others_are_stored()
    {
        var result = Run("1, 2, 'three', 4, $true, 6 | Add-CdbDatapoint number");

        Assert.Equal(["SchemaViolation", "SchemaViolation"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("Datapoint 3 for 'me/user/number'", result.Errors[0].ToString());
        Assert.Contains("three", result.Errors[0].ToString());
        Assert.Contains("Datapoint 5 for 'me/user/number'", result.Errors[1].ToString());
        Assert.Equal("three", PSObject.AsPSObject(result.Errors[0].TargetObject).Properties["Data"].Value);
        Assert.Equal([1L, 2L, 4L, 6L], Data("number"));
    }

    [Fact]
    public void Of_many_values_the_bad_ones_are_named_by_their_place()
    {
        var result = Run("$values = [object[]](1..2000); $values[499] = 'a'; $values[500] = 'b'; $values[1999] = 'c'; $values | Add-CdbDatapoint number");

        Assert.Equal(["500", "501", "2000"], result.Errors.Select(e => e.ToString().Split(' ')[1]));
        Assert.Equal(Enumerable.Range(1, 1999).Except([500, 501]).Select(i => (object)(long)i), Data("number"));
    }

    [Fact]
    public void A_value_without_a_time_is_refused_where_the_stream_has_run_far_ahead()
    {
        Get("Add-CdbDatapoint number 1 -Timestamp ([datetimeoffset]::UtcNow.AddHours(1))");

        Assert.Equal("TimeOrder", Run("2 | Add-CdbDatapoint number").ErrorId);
        Get("3 | Add-CdbDatapoint number -Restamp");
        Assert.Equal([1L, 3L], Data("number"));
    }

    [Fact]
    public void A_time_that_goes_back_is_refused_and_the_others_are_stored()
    {
        var error = Run("@{ t = 5; d = 1 }, @{ t = 4; d = 2 }, @{ t = 6; d = 3 } | Add-CdbDatapoint number").Error;

        Assert.StartsWith("TimeOrder", error.FullyQualifiedErrorId);
        Assert.Contains("Datapoint 2", error.ToString());
        Assert.Equal([5.0, 6], Times("number"));
    }

    [Fact]
    public void Restamp_gives_a_late_datapoint_the_time_of_the_newest()
    {
        Get("@{ t = 5; d = 1 }, @{ t = 4; d = 2 } | Add-CdbDatapoint number -Restamp");

        Assert.Equal([5.0, 5], Times("number"));
    }

    [Theory]
    [InlineData("[double]::NaN")]
    [InlineData("[double]::PositiveInfinity")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess()")]
    [InlineData("& { $loop = @{}; $loop.self = $loop; $loop }")]
    public void What_JSON_cannot_hold_is_refused_and_the_others_are_stored(string value)
    {
        var result = Run($"1, ({value}), 2 | Add-CdbDatapoint anything");

        Assert.Equal("InvalidValue", result.ErrorId);
        Assert.Equal([1L, 2L], Data("anything"));
    }

    [Fact]
    public void An_unknown_stream_ends_it_with_an_error()
    {
        var result = Run("1, 2, 3 | Add-CdbDatapoint nowhere");

        Assert.Equal("NotFound", result.ErrorId);
        Assert.Equal("nowhere", result.Error.TargetObject);
    }

    [Fact]
    public void Datapoints_go_to_the_streams_they_name_when_none_is_given()
    {
        Get("""
            [pscustomobject]@{ Stream = 'number'; t = 1; d = 1 }, [pscustomobject]@{ Stream = 'anything'; t = 1; d = 2 }, [pscustomobject]@{ Stream = 'number'; t = 2; d = 3 } |
                Add-CdbDatapoint
            """);

        Assert.Equal([1L, 3L], Data("number"));
        Assert.Equal([2L], Data("anything"));
    }

    [Fact]
    public void PassThru_says_how_many_went_where()
    {
        var result = Run("1, 'x', 2 | Add-CdbDatapoint number -PassThru").Single!;

        Assert.Equal(2L, result.Properties["Count"].Value);
        Assert.Equal("me/user/number", result.Properties["Target"].Value.ToString());
    }

    [Fact]
    public void WhatIf_stores_nothing()
    {
        Get("1, 2 | Add-CdbDatapoint number -WhatIf");

        Assert.Empty(Data("number"));
    }

    [Fact]
    public void Many_values_at_once_are_all_stored()
    {
        Get("1..100000 | Add-CdbDatapoint number");

        Assert.Equal(100000L, Get("(Get-CdbStream number).Count")[0]!.BaseObject);
        Assert.Equal([1L, 100000L], Get("Get-CdbDatapoint number -Index 0, -1 | ForEach-Object Data").Select(o => o!.BaseObject));
    }

    [Fact]
    public void What_a_slow_producer_gave_is_stored_while_it_is_idle()
    {
        // The producer goes on only when its first value can be read, which happens while the pipe is idle.
        var result = Get("""
            & {
                1
                $watch = [Diagnostics.Stopwatch]::StartNew()
                while ((Get-CdbStream number).Count -eq 0 -and $watch.Elapsed.TotalSeconds -lt 60) { }
                (Get-CdbStream number).Count
            } | Add-CdbDatapoint number
            """);

        Assert.Empty(result);
        Assert.Equal([1L, 1L], Data("number"));
    }

    [Fact]
    public void What_was_taken_is_stored_when_the_pipeline_fails()
    {
        Run("1..3 | ForEach-Object { $_; if ($_ -eq 3) { throw 'broken' } } | Add-CdbDatapoint number");

        Assert.Equal([1L, 2L, 3L], Data("number"));
    }

    [Fact]
    public void What_was_taken_is_stored_when_the_pipeline_is_stopped()
    {
        using var session = NewSession();
        session.Get("Connect-Cdb $Store");
        using var pipeline = session.Start("& { 1; 2; $Started.Set(); while ($true) { } } | Add-CdbDatapoint number");
        using ManualResetEventSlim started = new();
        session.Set("Started", started);
        var running = pipeline.BeginInvoke();
        Assert.True(started.Wait(TimeSpan.FromSeconds(60)));
        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(running));

        Assert.Equal([1L, 2L], Data("number"));
    }

    private IEnumerable<object?> Data(string stream) => Get($"Get-CdbDatapoint {stream} | ForEach-Object Data").Select(o => o?.BaseObject);

    private IEnumerable<double> Times(string stream) => Get($"Get-CdbDatapoint {stream} | ForEach-Object T").Select(o => (double)o!.BaseObject);

    private string Json(string stream) => Assert.Single(Get($"(Get-CdbDatapoint {stream}).GetValue().ToString()"))!.ToString()!;
}
