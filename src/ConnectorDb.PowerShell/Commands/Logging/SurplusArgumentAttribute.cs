using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Refuses an argument that no other parameter takes, where the dynamic parameters are a list.</summary>
/// <param name="refuse">Ends the cmdlet.</param>
internal sealed class SurplusArgumentAttribute(Action<object?> refuse) : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics) => refuse(((object?[])arguments)[0]);
}
