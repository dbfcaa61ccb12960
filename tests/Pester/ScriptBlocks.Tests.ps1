BeforeAll {
    . "$PSScriptRoot/subscriptions.ps1"
    $null = New-CdbStream a

    # Runs a script block once, in each place that accepts one, and waits for its end.
    $places = @{
        action   = { param($script) $null = Register-CdbSubscription a -Action $script; Add-CdbDatapoint a 1 }
        sampler  = {
            param($script)
            $null = Register-CdbSampler my.sampler $script
            $null = Start-CdbPoller
            Add-CdbPollItem item my.sampler -Interval 1s -Timeout 1m
        }
        sink     = { param($script) $null = New-CdbLogger "$path.db" -AutoDeclare -Sink (New-CdbSink -ScriptBlock $script); Write-CdbLog x 1; $null = Sync-CdbLogger -WarningAction Ignore }
        reopened = {
            param($script)
            New-CdbLogger "$path.db" -AutoDeclare -Sink (New-CdbSink -ScriptBlock $script) | Stop-CdbLogger
            $null = New-CdbLogger "$path.db"
            Write-CdbLog x 1
            $null = Sync-CdbLogger -WarningAction Ignore
        }
        sync     = { param($script) $null = Start-CdbLogger "$path.db" -Sink (New-CdbSink -JsonFile "$path.jsonl") -OnSync $script }
        syncFail = { param($script) $null = Start-CdbLogger "$path.db" -Sink (New-CdbSink -ScriptBlock { Write-Error 'down' } -WarningAction Ignore) -OnSyncFail $script -AutoDeclare; Write-CdbLog x 1; $null = Sync-CdbLogger -WarningAction Ignore }
    }

    # Shows the output of a script that runs in a pwsh of its own.
    function Get-Output([string] $Script) {
        Set-Content "$TestDrive/script.ps1" "Import-Module '$manifest'; `$null = Connect-Cdb '$TestDrive/own.cdb'`n$Script"
        & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -NonInteractive -File "$TestDrive/script.ps1" *>&1 | Out-String -Width 500
    }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'A script block in the background: <_>' -ForEach 'action', 'sampler', 'sink', 'reopened', 'sync', 'syncFail' {
    BeforeEach {
        $run = $places[$_]
        $path = Join-Path $TestDrive ([guid]::NewGuid())
    }

    AfterEach {
        Get-CdbSubscription | Unregister-CdbSubscription
        Get-CdbPoller | Stop-CdbPoller
        Get-CdbLogger | Stop-CdbLogger -WarningAction Ignore
        while ($seen.TryTake([ref] $null)) { }
    }

    It 'sees the variables, functions, aliases and folder of its caller' {
        $word = 'early'
        function Get-Sentence([string] $End) { "$word and $(Get-End $End)" }
        filter Get-End { "$($args[0])!" }
        Set-Alias sentence Get-Sentence
        Push-Location $TestDrive
        & $run { $seen.Add("$(sentence late) $PWD"); 1 }
        Pop-Location
        Receive-One | Should -Be "early and late! $TestDrive"
    }

    It 'has the value that a variable had with $using:, and changes those with $global:' {
        $word = 'early'
        $global:heard = $null
        & $run { $global:heard = "$using:word"; $seen.Add(1); 1 }
        $null = Receive-One
        $heard | Should -Be 'early'
        Remove-Variable heard -Scope Global
    }

    It 'has an item in $_ and as its argument, and the cmdlets of the module with the connection of its caller' {
        & $run { param($first) $seen.Add([object[]]@($_, $first, (Get-CdbStream a).Name)); 1 }
        $item, $first, $name = Receive-One
        $name | Should -Be 'a'
        switch ($_) {
            'action' { $item.Data, "$first" | Should -Be 1, 'me/user/a' }
            'sampler' { $item, $first | Should -Be $null, $null }
            default { $item.GetType() | Should -Be $first.GetType() }
        }
    }

    It 'adds its errors to $Error' {
        $Error.Clear()
        & $run { $seen.Add(1); throw 'too bad' }
        $null = Receive-One
        Wait-Until { $Error.Count }
        "$($Error[0])" | Should -Be 'too bad'
    }
}

Describe 'The errors of a script block in the background' {
    It 'are shown once as a warning, with the line, and all counted' {
        $output = Get-Output @'
$null = New-CdbStream a
$subscription = Register-CdbSubscription a {
    throw "bad $($_[0].Data)"
}
1..3 | ForEach-Object { Add-CdbDatapoint a $_; while ($subscription.Delivered -lt $_) { $null = [Threading.Thread]::Yield() } }
"$($subscription.Errors) errors"
'@
        $output | Should -BeLike "*WARNING: The action of subscription * (me/user/a) failed in line 4 of *script.ps1: bad 1*Get-CdbSubscription has the last error*3 errors*"
        $output | Should -Not -BeLike '*bad 2*'
    }

    It 'are not shown after -WarningAction SilentlyContinue' {
        Get-Output @'
$path = "$PSScriptRoot/quiet"
$log = Start-CdbLogger "$path.db" -Sink (New-CdbSink -JsonFile "$path.jsonl") -OnSync { throw 'bad' } -WarningAction SilentlyContinue
Stop-CdbLogger
"$($Error.Count) error"
'@ | Should -Not -BeLike '*failed*'
    }
}

Describe 'The scripts of a sync' {
    It 'have run when <_> returns' -ForEach 'Sync-CdbLogger', 'Stop-CdbLogger' {
        $results = [Collections.Generic.List[object]]::new()
        $path = Join-Path $TestDrive ([guid]::NewGuid())
        $null = Start-CdbLogger $path -Sink (New-CdbSink -JsonFile "$path.jsonl") -OnSync { $results.Add($_) }
        $null = & $_
        $results.Count | Should -BeGreaterThan 0
        Get-CdbLogger | Stop-CdbLogger
    }
}
