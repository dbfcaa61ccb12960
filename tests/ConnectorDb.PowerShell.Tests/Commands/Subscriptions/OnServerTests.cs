using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

/// <summary>What is watched in a store is watched over a server all the same.</summary>
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
