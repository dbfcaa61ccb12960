#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Registers log-disk-space.ps1 as a scheduled task of Windows that runs whether anyone is logged on or not, without a stored password.
.DESCRIPTION
    Run it from an elevated PowerShell 7. It copies log-disk-space.ps1 into a folder that only administrators and the account of the
    task can open, registers the task, runs it once, and returns the result. Run it again to change settings.

    The account determines how the task gets its rights:

    you (the default)                     S4U: Windows stores no password. Network shares and other things that need your password
                                          cannot be used; a server that takes an API key can.
    LOCALSERVICE                          an account with few rights that every Windows has; the module has to be installed for all
                                          users (Install-PSResource ConnectorDb -Scope AllUsers).
    'DOMAIN\name$'                        a group managed service account, whose password the domain stores; install the module as above.
.PARAMETER Server
    The address of the ConnectorDB server to send to. Without it the logger keeps its destinations.
.PARAMETER ApiKey
    The key of this machine's device. It is in the folder until the first run has encrypted it in the logger.
.PARAMETER Folder
    The folder for the script, the logger and problems.log.
.PARAMETER Every
    The time between two runs.
.PARAMETER Pwsh
    PowerShell 7. Default: that of the MSI package, or the first in the path. PowerShell from the Microsoft Store cannot run for another account.
.EXAMPLE
    ./register-log-disk-space.ps1 -Server https://cdb.example.org -ApiKey (Read-Host Key -AsSecureString)
.EXAMPLE
    ./register-log-disk-space.ps1 -Account LOCALSERVICE -Every 01:00
#>
[CmdletBinding()]
param(
    [string] $Server,
    [securestring] $ApiKey,
    [string] $Account = "$env:USERDOMAIN\$env:USERNAME",
    [string] $Name = 'Log disk space',
    [string] $Folder = (Join-Path $env:ProgramData 'log-disk-space'),
    [timespan] $Every = '00:10',
    [string] $Pwsh = "$env:ProgramFiles\PowerShell\7\pwsh.exe"
)

$ErrorActionPreference = 'Stop'
if (-not (Test-Path $Pwsh)) {
    $Pwsh = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source
}

# In ProgramData every account can read, and could have created this folder before. So this script takes ownership of its content,
# and permissions are not inherited. The numbers are SYSTEM, Administrators and LocalService, whose names differ between languages.
if (-not (Test-Path $Folder)) {
    $null = New-Item $Folder -ItemType Directory
}

$grantee = $Account -eq 'LOCALSERVICE' ? '*S-1-5-19' : $Account
$changes = @(
    , @('/setowner', '*S-1-5-32-544', '/t')
    , @('/reset', '/t')
    , @('/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', "${grantee}:(OI)(CI)M")
)
foreach ($change in $changes) {
    icacls.exe $Folder @change /q
    if ($LASTEXITCODE -ne 0) {
        throw "The rights of '$Folder' cannot be set; icacls.exe says why."
    }
}

$script = Join-Path $Folder 'log-disk-space.ps1'
Copy-Item "$PSScriptRoot/log-disk-space.ps1" $script -Force
Unblock-File $script
$arguments = @(
    '-NoProfile', '-NonInteractive', '-File', "`"$script`""
    '-Path', "`"$(Join-Path $Folder 'disks.db')`""
    '-LogFile', "`"$(Join-Path $Folder 'problems.log')`""
)
if ($ApiKey) {
    $keyFile = Join-Path $Folder 'key.txt'
    Set-Content $keyFile (ConvertFrom-SecureString $ApiKey -AsPlainText)
    $arguments += '-Server', "`"$Server`"", '-KeyFile', "`"$keyFile`""
}

$logonType = switch -Wildcard ($Account) {
    'LOCALSERVICE' { 'ServiceAccount' }
    '*$' { 'Password' }             # a managed service account: Windows asks the domain for it
    default { 'S4U' }
}

$settings = @{
    # A run missed while the machine was off starts as soon as possible.
    StartWhenAvailable         = $true
    # Each run measures on time, even while an earlier one is still sending; they take turns sending.
    MultipleInstances          = 'Parallel'
    # A run that hangs is ended. Its entries are on disk.
    ExecutionTimeLimit         = New-TimeSpan -Minutes 30
    # Without these two, nothing is logged while a laptop is on battery.
    AllowStartIfOnBatteries    = $true
    DontStopIfGoingOnBatteries = $true
}
$task = @{
    TaskName    = $Name
    Description = 'Logs the free space of each disk and sends it to ConnectorDB.'
    Principal   = New-ScheduledTaskPrincipal -UserId $Account -LogonType $logonType -RunLevel Limited
    Action      = New-ScheduledTaskAction -Execute $Pwsh -Argument ($arguments -join ' ') -WorkingDirectory $Folder
    Trigger     = New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval $Every
    Settings    = New-ScheduledTaskSettingsSet @settings
}
$null = Register-ScheduledTask @task -Force

Start-ScheduledTask -TaskName $Name
while ((Get-ScheduledTask -TaskName $Name).State -in 'Queued', 'Running') {
    Start-Sleep -Seconds 1
}

Get-ScheduledTaskInfo -TaskName $Name | Select-Object TaskName, LastRunTime, LastTaskResult, NextRunTime
