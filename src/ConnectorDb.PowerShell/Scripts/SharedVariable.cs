using System.Management.Automation;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>A variable of another runspace: reads and writes the variable itself, not a copy.</summary>
internal sealed class SharedVariable(string name, PSVariable original) : PSVariable(name)
{
    public override object? Value
    {
        get => original.Value;
        set => original.Value = value;
    }
}
