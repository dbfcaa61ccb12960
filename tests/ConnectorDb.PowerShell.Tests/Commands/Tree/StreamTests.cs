using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Tree;

public sealed class StreamTests : ModuleTest
{
    public StreamTests() => Connect();

    [Fact]
    public void A_new_stream_has_what_it_was_given()
    {
        var stream = Run("New-CdbStream temperature -Schema @{ type = 'number'; minimum = -40 } -Description 'Office, °C' -Nickname T -Datatype temperature.C -Downlink").Single!;

        Assert.Equal("me/user/temperature", stream.Properties["Path"].Value.ToString());
        Assert.Equal("Office, °C", stream.Properties["Description"].Value);
        Assert.Equal("T", stream.Properties["Nickname"].Value);
        Assert.Equal("temperature.C", stream.Properties["Datatype"].Value);
        Assert.Equal(true, stream.Properties["Downlink"].Value);
        Assert.Equal(false, stream.Properties["Ephemeral"].Value);
        Assert.Equal(0L, stream.Properties["Count"].Value);
        Assert.Null(stream.Properties["LastDatapoint"].Value);
    }

    [Theory]
    [InlineData("@{ type = 'number' }")]
    [InlineData("'{\"type\":\"number\"}'")]
    [InlineData("number")]
    [InlineData("([pscustomobject]@{ type = 'number' })")]
    public void A_schema_is_a_dictionary_or_JSON_or_the_name_of_a_type(string schema)
    {
        Assert.Equal("""{"type":"number"}""", Run($"(New-CdbStream a -Schema {schema}).Schema").Single!.ToString());
    }

    [Theory]
    [InlineData("New-CdbStream 1st", "InvalidName")]
    [InlineData("New-CdbStream 'a b'", "InvalidName")]
    [InlineData("New-CdbStream a/b/c/d", "InvalidName")]
    [InlineData("New-CdbStream a -Schema nonsense", "InvalidSchema")]
    [InlineData("New-CdbStream taken", "NameTaken")]
    [InlineData("New-CdbStream nodevice/a", "NotFound")]
    [InlineData("Get-CdbStream nowhere", "NotFound")]
    [InlineData("Set-CdbStream nowhere -Nickname x", "NotFound")]
    [InlineData("Remove-CdbStream nowhere -Confirm:$false", "NotFound")]
    public void What_cannot_be_done_is_an_error_with_an_id_of_its_own(string script, string id)
    {
        Get("New-CdbStream taken");

        Assert.Equal(id, Run(script).ErrorId);
    }

    [Theory]
    [InlineData("Get-CdbStream", "user/one user/two")]
    [InlineData("Get-CdbStream t*", "user/two")]
    [InlineData("Get-CdbStream *o*", "user/one user/two")]
    [InlineData("Get-CdbStream x*", "")]
    [InlineData("Get-CdbStream two, one", "user/two user/one")]
    [InlineData("Get-CdbStream pi/*", "pi/one pi/three")]
    [InlineData("Get-CdbStream */one", "pi/one user/one")]
    [InlineData("Get-CdbStream me/p*/t*", "pi/three")]
    [InlineData("Get-CdbStream one -Recurse", "pi/one user/one")]
    [InlineData("Get-CdbStream -Recurse", "pi/one pi/three user/one user/two")]
    [InlineData("Get-CdbStream -Recurse -Public", "pi/one pi/three")]
    [InlineData("Get-CdbStream -Recurse -Downlink", "pi/three")]
    [InlineData("Get-CdbStream pi/one -Public", "pi/one")]
    [InlineData("Get-CdbStream one -Public", "")]
    [InlineData("Get-CdbDevice pi | Get-CdbStream", "pi/one pi/three")]
    [InlineData("Get-CdbUser me | Get-CdbStream", "pi/one pi/three user/one user/two")]
    [InlineData("Get-CdbStream pi/three | Get-CdbStream", "pi/three")]
    public void Streams_are_found_by_name(string script, string expected)
    {
        Get("New-CdbStream one, two; New-CdbDevice pi -Public -Stream @{ one = @{}; three = @{ downlink = $true } }");

        Assert.Equal(expected, string.Join(' ', Get($"{script} | ForEach-Object {{ $_.Path.ToString() }}").Select(o => o!.ToString()![3..])));
    }

    [Fact]
    public void Setting_changes_what_is_given_and_nothing_else()
    {
        Get("New-CdbStream a -Nickname old -Description same -Downlink");

        Assert.Empty(Get("Set-CdbStream a -Nickname new -Downlink:$false"));
        var stream = Run("Get-CdbStream a").Single!;
        Assert.Equal("new", stream.Properties["Nickname"].Value);
        Assert.Equal("same", stream.Properties["Description"].Value);
        Assert.Equal(false, stream.Properties["Downlink"].Value);
    }

    [Fact]
    public void A_property_is_emptied_by_an_empty_text()
    {
        Get("New-CdbStream a -Description old");

        Assert.Equal("", Run("(Get-CdbStream a | Set-CdbStream -Description '' -PassThru).Description").Single!.ToString());
    }

    [Fact]
    public void Removing_takes_the_datapoints_too()
    {
        Get("New-CdbStream a; 1 | Add-CdbDatapoint a; Get-CdbStream a | Remove-CdbStream -Confirm:$false; New-CdbStream a");

        Assert.Equal(0L, Run("(Get-CdbStream a).Count").Single!.BaseObject);
    }

    [Theory]
    [InlineData("New-CdbStream b -WhatIf")]
    [InlineData("Set-CdbStream a -Nickname x -WhatIf")]
    [InlineData("Remove-CdbStream a -WhatIf")]
    public void WhatIf_changes_nothing(string script)
    {
        Get("New-CdbStream a -Nickname same");
        Get(script);

        Assert.Equal("a same", string.Join(' ', Get("Get-CdbStream | ForEach-Object { $_.Name; $_.Nickname }")));
    }

    [Fact]
    public void An_ephemeral_stream_keeps_nothing()
    {
        Get("New-CdbStream a -Ephemeral -Schema number; 1 | Add-CdbDatapoint a");

        Assert.Empty(Get("Get-CdbDatapoint a"));
        Assert.Equal("SchemaViolation", Run("'x' | Add-CdbDatapoint a").ErrorId);
    }

    [Fact]
    public void What_others_ask_for_lies_in_the_downlink()
    {
        Get("New-CdbDevice lamp -Stream @{ on = @{ schema = 'boolean'; downlink = $true } }; $true | Add-CdbDatapoint lamp/on");

        Assert.Empty(Get("Get-CdbDatapoint lamp/on"));
        Assert.Equal("True", Run("(Get-CdbDatapoint lamp/on -Downlink).Data").Single!.ToString());
        Get("Remove-CdbStream lamp/on -Downlink -Confirm:$false");
        Assert.Empty(Get("Get-CdbDatapoint lamp/on -Downlink"));
        Assert.Equal("NotFound", Run("Get-CdbStream lamp/off").ErrorId);
    }
}
