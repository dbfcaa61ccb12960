<#
.SYNOPSIS
    Runs another pwsh like this one with the given arguments. The pipeline is its standard input.
.DESCRIPTION
    The MSI, a snap and most packages have a program of their own. The .NET tool is an assembly, pwsh.dll, that runs in the program
    dotnet: the path of the process alone would start the SDK.
.EXAMPLE
    ./tools/pwsh.ps1 -NoProfile -Command '$PSVersionTable.PSVersion'
#>
$program = @([System.Environment]::ProcessPath)
if ([System.IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [System.Reflection.Assembly]::GetEntryAssembly().Location }
$first, $rest = $program + $args
if ($MyInvocation.ExpectingInput) {
    $input | & $first $rest
}
else {
    & $first $rest
}
