using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Tree;

public class DeviceTests : ModuleTest
{
    public DeviceTests() => Connect();

    [Fact]
    public void A_new_device_has_what_it_was_given_and_a_key()
    {
        var device = Run("New-CdbDevice pi -Description 'On the roof' -Role reader -Public -Visible $false").Single!;

        Assert.Equal("me/pi", device.Properties["Path"].Value.ToString());
        Assert.Equal("On the roof", device.Properties["Description"].Value);
        Assert.Equal("reader", device.Properties["Role"].Value);
        Assert.Equal(true, device.Properties["Public"].Value);
        Assert.Equal(false, device.Properties["Visible"].Value);
        Assert.Equal(true, device.Properties["Enabled"].Value);
        Assert.NotEmpty((string)device.Properties["ApiKey"].Value);
    }

    [Fact]
    public void A_device_is_made_with_its_streams_or_not_at_all()
    {
        Get("New-CdbDevice pi -Stream @{ light = @{ schema = @{ type = 'number' }; description = 'lux' }; door = @{} }");
        Assert.Equal(["door", "light"], Get("Get-CdbStream pi/* | ForEach-Object Name").Select(o => o!.ToString()));

        Assert.Equal("InvalidName", Run("New-CdbDevice other -Stream @{ good = @{}; '1bad' = @{} }").ErrorId);
        Assert.Equal("NotFound", Run("Get-CdbDevice other").ErrorId);
    }

    [Theory]
    [InlineData("@{ s = @{ colour = 'red' } }", "colour")]
    [InlineData("@{ s = 5 }", "Int32")]
    public void A_tree_that_cannot_be_read_is_refused(string tree, string named)
    {
        var error = Run($"New-CdbDevice pi -Stream {tree}").Error;

        Assert.StartsWith("InvalidValue", error.FullyQualifiedErrorId);
        Assert.Contains(named, error.ToString());
    }

    [Fact]
    public void Devices_are_found_by_name()
    {
        Get("New-CdbDevice pi, pump");

        Assert.Equal(["me/pi", "me/pump"], Get("Get-CdbDevice p* | ForEach-Object { $_.Path.ToString() }").Select(o => o!.ToString()));
        Assert.Equal(["me/meta", "me/pi", "me/pump", "me/user"], Get("Get-CdbDevice | ForEach-Object { $_.Path.ToString() }").Select(o => o!.ToString()));
        Assert.Equal(4, Get("Get-CdbUser | Get-CdbDevice").Count);
        Assert.Equal("NotFound", Run("Get-CdbDevice nothing").ErrorId);
    }

    [Fact]
    public void Setting_changes_what_is_given_and_nothing_else()
    {
        Get("New-CdbDevice pi -Description same; Get-CdbDevice pi | Set-CdbDevice -Nickname new -Enabled $false -Public");

        var device = Run("Get-CdbDevice pi").Single!;
        Assert.Equal("new", device.Properties["Nickname"].Value);
        Assert.Equal("same", device.Properties["Description"].Value);
        Assert.Equal(false, device.Properties["Enabled"].Value);
        Assert.Equal(true, device.Properties["Public"].Value);
    }

    [Fact]
    public void A_key_that_is_reset_no_longer_opens_anything()
    {
        Get("$old = (New-CdbDevice pi).ApiKey; $new = (Reset-CdbApiKey pi).ApiKey");

        Assert.Equal("AuthenticationFailed", Run("Connect-Cdb $Store -ApiKey $old").ErrorId);
        Assert.Equal("me/pi", Run("(Connect-Cdb $Store -ApiKey $new).Identity.ToString()").Single!.ToString());
    }

    [Fact]
    public void Removing_takes_all_that_lies_below()
    {
        Get("New-CdbDevice pi -Stream @{ a = @{} }; Remove-CdbDevice pi -Confirm:$false");

        Assert.Equal(["False", "False"], Get("Test-CdbItem me/pi, me/pi/a").Select(o => o!.ToString()));
    }

    [Theory]
    [InlineData("New-CdbDevice pump -WhatIf")]
    [InlineData("Set-CdbDevice pi -Nickname x -WhatIf")]
    [InlineData("$null = Reset-CdbApiKey pi -WhatIf")]
    [InlineData("Remove-CdbDevice pi -WhatIf")]
    public void WhatIf_changes_nothing(string script)
    {
        Get("$before = (New-CdbDevice pi -Nickname same).ApiKey");
        Get(script);

        Assert.Equal("True same", string.Join(' ', Get("$now = Get-CdbDevice p*; $now.ApiKey -eq $before; $now.Nickname")));
    }

    [Fact]
    public void A_device_writes_only_its_own_streams()
    {
        Get("New-CdbStream mine; New-CdbDevice pi -Role user; $null = Connect-Cdb $Store -As pi");

        Assert.Equal("PermissionDenied", Run("1 | Add-CdbDatapoint user/mine").ErrorId);
    }
}
