using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

/// <summary>Watching streams over a server works as in a store.</summary>
public sealed class WatchOnServerTests : WatchCdbStreamTests
{
    protected override void Connect() => ConnectToServer();

    protected override void ConnectOther(ModuleSession other)
        => other.Get("$null = Connect-Cdb -Url $args[0] -ApiKey $args[1]", Get("$server.Url")[0], Get("$key")[0]);
}

/// <inheritdoc cref="WatchOnServerTests"/>
public sealed class RegisterOnServerTests : RegisterCdbSubscriptionTests
{
    protected override void Connect() => ConnectToServer();
}
