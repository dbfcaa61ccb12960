using ConnectorDb.PowerShell.Tests.Commands.Data;
using ConnectorDb.PowerShell.Tests.Commands.Queries;
using ConnectorDb.PowerShell.Tests.Commands.Tree;

namespace ConnectorDb.PowerShell.Tests.Commands.Connections;

/// <summary>What cmdlets do over a store of their own they do over a server.</summary>
public sealed class MeasureCdbStreamOnServerTests : MeasureCdbStreamTests
{
    protected override void Connect() => ConnectToServer();
}

/// <inheritdoc cref="MeasureCdbStreamOnServerTests"/>
public sealed class InvokeCdbMergeOnServerTests : InvokeCdbMergeTests
{
    protected override void Connect() => ConnectToServer();
}

/// <inheritdoc cref="MeasureCdbStreamOnServerTests"/>
public sealed class InvokeCdbDatasetOnServerTests : InvokeCdbDatasetTests
{
    protected override void Connect() => ConnectToServer();
}

/// <inheritdoc cref="MeasureCdbStreamOnServerTests"/>
public sealed class DeviceOnServerTests : DeviceTests
{
    protected override void Connect() => ConnectToServer();
}
