using ConnectorDb.AspNetCore;

// ConnectorDb.AspNetCore FRAMEWORK TARGET PROGRAM...
// Copies the assemblies of the folder FRAMEWORK that the assemblies PROGRAM reference, directly or through others, into the folder TARGET.
if (args is not [var framework, var target, _, ..])
{
    Console.Error.WriteLine("Usage: ConnectorDb.AspNetCore FRAMEWORK TARGET PROGRAM...");
    return 2;
}

if (Directory.Exists(target))
{
    Directory.Delete(target, recursive: true);
}

Directory.CreateDirectory(target);
using PortableCopy copy = new(framework);
foreach (string assembly in ReferencedAssemblies.Find(framework, args[2..]))
{
    copy.Write(assembly, target);
}

return 0;
