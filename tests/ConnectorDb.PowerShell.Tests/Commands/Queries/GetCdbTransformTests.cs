using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Queries;

public sealed class GetCdbTransformTests : ModuleTest
{
    [Fact]
    public void All_transforms_are_there_with_help_and_examples()
    {
        var transforms = Get("Get-CdbTransform");

        Assert.True(transforms.Count >= 65, $"only {transforms.Count}");
        Assert.All(transforms, transform =>
        {
            Assert.NotEmpty((string)transform!.Properties["Description"].Value);
            Assert.NotEmpty((IReadOnlyList<string>)transform.Properties["Examples"].Value);
        });
    }

    [Fact]
    public void All_interpolators_are_there_with_help_and_examples()
    {
        Assert.Equal(
            ["after", "before", "closest", "count", "first", "last", "linear", "max", "mean", "min", "sum"],
            Get("Get-CdbInterpolator | Where-Object { $_.Description -and $_.Examples } | ForEach-Object Name").Select(o => o!.ToString()));
    }

    [Theory]
    [InlineData("Get-CdbTransform su*", "sum")]
    [InlineData("Get-CdbTransform mean, sum", "mean sum")]
    [InlineData("'count' | Get-CdbTransform", "count")]
    [InlineData("Get-CdbTransform zz*", "")]
    [InlineData("Get-CdbInterpolator m*", "max mean min")]
    public void Some_are_found_by_name(string script, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Get($"{script} | ForEach-Object Name")));
    }

    [Theory]
    [InlineData("Get-CdbTransform nothing")]
    [InlineData("Get-CdbInterpolator nothing")]
    public void A_name_that_there_is_not_is_an_error(string script)
    {
        Assert.Equal("NotFound", Run(script).ErrorId);
    }

    [Theory]
    [InlineData("Get-CdbDatapoint a -Transform 'if $ > 2 | coun", "'if $ > 2 | count'")]
    [InlineData("Get-CdbDatapoint a -Transform coun", "count")]
    [InlineData("1 | Invoke-CdbTransform \"mean:coun", "\"mean:count\"")]
    [InlineData("Get-CdbInterpolator clo", "closest")]
    [InlineData("Invoke-CdbDataset temperature:clo", "temperature:closest")]
    public void Names_inside_of_scripts_are_completed(string line, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Get("param($line) [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText", line)));
    }
}
