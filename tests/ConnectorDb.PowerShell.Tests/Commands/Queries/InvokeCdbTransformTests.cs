using System.Collections;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Queries;

public sealed class InvokeCdbTransformTests : ModuleTest
{
    [Theory]
    [InlineData("1, 2, 3 | Invoke-CdbTransform sum", "1 3 6")]
    [InlineData("1, 2, 3 | Invoke-CdbTransform 'sum | if last'", "6")]
    [InlineData("Invoke-CdbTransform '$ * 2' 1, 2, 3", "2 4 6")]
    [InlineData("1, 2, 3 | Invoke-CdbTransform 'if $ > 5'", "")]
    [InlineData("'a', 'b' | Invoke-CdbTransform 'append | if last'", "ab")]
    [InlineData("@{ t = 10; d = 1 }, @{ t = 12; d = 2 } | Invoke-CdbTransform t", "10 12")]
    [InlineData("[pscustomobject]@{ a = 5; b = 6 } | Invoke-CdbTransform '$' -Property b", "6")]
    [InlineData("[pscustomobject]@{ a = 5; b = 6 } | Invoke-CdbTransform '$(\"a\") + $(\"b\")'", "11")]
    [InlineData("[pscustomobject]@{ a = 5; b = 6; c = 7 } | Invoke-CdbTransform 'length' -Property a, b", "2")]
    [InlineData("[pscustomobject]@{ at = '2026-01-01T00:00:00Z'; v = 1 } | Invoke-CdbTransform t -Property v -TimestampProperty at", "1767225600")]
    [InlineData("[timespan]::FromHours(2), [version]'1.2' | Invoke-CdbTransform '$'", "7200 1.2")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess() | Invoke-CdbTransform '$(\"Id\")' | Where-Object { $_.Data -eq $PID } | ForEach-Object { [pscustomobject]@{ Data = 'me' } }", "me")]
    public void Anything_in_a_pipeline_is_transformed_without_a_database(string script, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Get($"{script} | ForEach-Object Data")));
    }

    [Fact]
    public void Each_result_comes_as_soon_as_it_is_known()
    {
        Assert.Equal("in 1 out 1 in 2 out 3", string.Join(' ', Get("""
            $log = [System.Collections.ArrayList]::new()
            1, 2 | ForEach-Object { $null = $log.Add("in $_"); $_ } | Invoke-CdbTransform sum | ForEach-Object { $null = $log.Add("out $($_.Data)") }
            $log
            """)));
    }

    [Theory]
    [InlineData("@{ t = 10; d = 1; o = 'me/phone' }, @{ t = 12; d = 2 } | Invoke-CdbTransform '$ * 2'", "me/phone -")]
    [InlineData("[pscustomobject]@{ t = 10; d = 1; o = 'me/phone' } | Invoke-CdbTransform '$ * 2' | Invoke-CdbTransform 'if last'", "me/phone")]
    [InlineData("@{ t = 10; d = 1; o = 'me/phone' } | Invoke-CdbTransform 'map($, count)'", "-")]
    public void Datapoints_keep_their_origins(string script, string expected)
        => Assert.Equal(expected, string.Join(' ', Get($"{script} | ForEach-Object {{ if ($_.Origin) {{ $_.Origin }} else {{ '-' }} }}")));

    [Fact]
    public void Datapoints_keep_their_times()
    {
        Connect();
        Get("New-CdbStream a; Add-CdbDatapoint a 1, 2, 3 -Timestamp 10, 20, 30");

        Assert.Equal("20 30", string.Join(' ', Get("Get-CdbDatapoint a | Invoke-CdbTransform 'if $ > 1' | ForEach-Object T")));
        Assert.Equal("20 30", string.Join(' ', Get("Get-CdbDatapoint a -Transform 'if $ > 1' | ForEach-Object T")));
    }

    [Fact]
    public void What_came_before_a_wrong_value_stands_and_the_error_names_it()
    {
        var result = Run("1, 2, 'x', 4 | Invoke-CdbTransform sum");

        Assert.Equal([1.0, 3.0], result.Output.Select(o => Convert.ToDouble(o!.Properties["Data"].Value, null)));
        Assert.Equal("ScriptFailed", result.ErrorId);
        Assert.Contains("\"x\"", result.Error.ToString());
    }

    [Fact]
    public void A_mistake_in_a_script_is_shown_at_its_place()
    {
        var error = Run("1 | Invoke-CdbTransform \"count |`n  if `$ > 2 | cuont\"").Error;

        Assert.StartsWith("ScriptSyntax", error.FullyQualifiedErrorId);
        Assert.Contains("Did you mean 'count'", error.ToString());
        Assert.EndsWith("^^^^^", error.Exception.Message);
        var place = Assert.IsAssignableFrom<IDictionary>(error.TargetObject);
        Assert.Equal((2, 14, 5), ((int)place["Line"]!, (int)place["Column"]!, (int)place["Length"]!));
        Assert.Equal((14, 19), ((int)place["StartColumn"]!, (int)place["EndColumn"]!));
        Assert.Equal("if $ > 2 | cuont\n     |            ^^^^^", place["LineText"]);
    }

    [Fact]
    public void A_mistake_in_the_transform_of_a_read_is_shown_alike()
    {
        Connect();
        Get("New-CdbStream a");

        Assert.Equal("ScriptSyntax", Run("Get-CdbDatapoint a -Transform 'cuont'").ErrorId);
    }

    [Fact]
    public void Values_without_JSON_are_left_out_with_an_error()
    {
        var result = Run("1, [double]::NaN, 2 | Invoke-CdbTransform sum");

        Assert.Equal("InvalidValue", result.ErrorId);
        Assert.Equal(2, result.Output.Count);
    }
}
