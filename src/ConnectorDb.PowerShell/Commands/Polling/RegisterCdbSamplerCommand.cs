using System.Management.Automation;
using System.Text.RegularExpressions;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Polling;
using ConnectorDb.PowerShell.Scripts;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Registers a script block as a sampler in this process.</summary>
[Cmdlet(VerbsLifecycle.Register, "CdbSampler", SupportsShouldProcess = true)]
[OutputType(typeof(SamplerInfo))]
public sealed partial class RegisterCdbSamplerCommand : CdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    public string Key { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    [NonNull]
    public ScriptBlock? ScriptBlock { get; set; }

    [Parameter]
    [NonNull]
    public string? Description { get; set; }

    [Parameter]
    [NonNull]
    public string? Unit { get; set; }

    protected override void End()
    {
        if (!KeyForm().IsMatch(Key))
        {
            throw new InvalidValueException($"'{Key}' is not a valid key of a sampler. Use words separated by dots, such as 'my.thing'.", Key);
        }

        if (ShouldProcess(Key, "Register the sampler"))
        {
            BackgroundScript script = Background(ScriptBlock!);
            SamplerInfo info = new()
            {
                Key = Key,
                Description = Description ?? "A script block.",
                Argument = "The argument of the script.",
                IsArgumentOptional = true,
                Unit = Unit,
            };
            bool isThere = PollEngine.Samplers.Any(sampler => sampler.Key == Key);
            PollEngine.Register(info, context => new ScriptSampler(script, context));
            WriteVerbose(isThere
                ? $"Replaced the sampler '{Key}'. Pollers that run keep the earlier script until they start again."
                : $"Registered the sampler '{Key}' for the poll items of this process.");
            WriteObject(info);
        }
    }

    [GeneratedRegex(@"^\w+(\.[\w-]+)+$")]
    private static partial Regex KeyForm();
}
