Describe 'Register-CdbSubscription <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll { . "$PSScriptRoot/subscriptions.ps1" $_ }

    BeforeEach { $null = New-CdbStream a, b }

    AfterEach {
        Get-CdbSubscription | Unregister-CdbSubscription
        Get-CdbStream | Remove-CdbStream -Confirm:$false
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'runs the action while the script waits' {
        $null = Register-CdbSubscription a -Action { param($stream, $data) ($using:seen).Add("${stream}: $($data.Data)") }
        Add-CdbDatapoint a 1, 2
        Receive-One | Should -Be 'me/user/a: 1 2'
    }

    It 'runs a transform before the action' {
        $null = Register-CdbSubscription a -Transform 'if last' -Action { param($stream, $data) ($using:seen).Add($data[0].Data) }
        Add-CdbDatapoint a 5, 6, 7
        Receive-One | Should -Be 7
    }

    It 'provides the module and the connection to the action' {
        $null = Register-CdbSubscription a -Action { param($stream, $data) Add-CdbDatapoint b ($data[-1].Data * 10); ($using:seen).Add(1) }
        Add-CdbDatapoint a 1
        $null = Receive-One
        (Get-CdbDatapoint b).Data | Should -Be 10
    }

    It 'starts at the given position' {
        Add-CdbDatapoint a 1
        $null = Register-CdbSubscription a -FromIndex 0 -Action { param($stream, $data) foreach ($point in $data) { ($using:seen).Add($point.Data) } }
        Add-CdbDatapoint a 2
        Receive-One | Should -Be 1
        Receive-One | Should -Be 2
    }

    It 'counts errors, keeps the last, and continues' {
        $subscription = Register-CdbSubscription a -Action {
            param($stream, $data)
            if ($data[0].Data -eq 1) { throw 'too bad' }
            if ($data[0].Data -eq 2) { Write-Nothing }
            ($using:seen).Add(1)
        }
        Add-CdbDatapoint a 1
        Wait-Until { $subscription.Errors -eq 1 }
        Add-CdbDatapoint a 2
        $null = Receive-One
        Add-CdbDatapoint a 3
        $null = Receive-One
        Wait-Until { $subscription.Delivered -eq 3 }
        $now = Get-CdbSubscription
        $now.Errors | Should -Be 2
        "$($now.LastError)" | Should -BeLike '*Write-Nothing*'
        $now.Pending | Should -Be 0
        $now.IsRunning | Should -BeTrue
    }

    It 'can unregister itself' {
        $null = Register-CdbSubscription a -Action { Unregister-CdbSubscription $Subscription; ($using:seen).Add('once') }
        Add-CdbDatapoint a 1
        Receive-One | Should -Be 'once'
        Get-CdbSubscription | Should -BeNullOrEmpty
    }

    It 'is listed with the reason after its stream was deleted' {
        $null = Register-CdbSubscription a -Action { }
        Remove-CdbStream a -Confirm:$false
        Wait-Until { -not (Get-CdbSubscription).IsRunning }
        (Get-CdbSubscription).LastError.FullyQualifiedErrorId | Should -BeLike 'NotFound*'
    }

    It 'rejects <Arguments> with <Id>' -ForEach @(
        @{ Arguments = 'none { }'; Id = 'NotFound' }
        @{ Arguments = "a { } -Transform 'if ('"; Id = 'ScriptSyntax' }
    ) {
        { Invoke-Expression "Register-CdbSubscription $Arguments -ErrorAction Stop" } | Should -Throw -ErrorId "$Id*"
    }

    It 'does nothing with -WhatIf' {
        Register-CdbSubscription a { } -WhatIf
        Get-CdbSubscription | Should -BeNullOrEmpty
    }
}

Describe 'Register-CdbSubscription -Downlink <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/subscriptions.ps1" $_
        $me = Get-CdbConnection
    }

    BeforeEach {
        $null = New-CdbDevice lamp -Stream @{ light = @{ schema = 'boolean'; downlink = $true } } -Connection $me
        $lamp = Connect-Device lamp
        $PSDefaultParameterValues = @{ '*-Cdb*:Connection' = $me }
    }

    AfterEach {
        $PSDefaultParameterValues = @{}
        Get-CdbSubscription | Unregister-CdbSubscription
        Disconnect-Cdb $lamp
        Remove-CdbDevice lamp -Confirm:$false -Connection $me
    }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'delivers values of others to the owner, and adds them to the stream after $true' {
        $null = Register-CdbSubscription light -Downlink -Connection $lamp -Action {
            param($stream, $data)
            ($using:seen).Add("$($data[0].Data) of $($data[0].Origin)")
            return $true
        }
        Add-CdbDatapoint lamp/light $true
        Receive-One | Should -Be 'True of me/user'
        (Watch-CdbStream lamp/light -FromIndex 0 -Count 1 -Timeout 1m).Data | Should -BeTrue
    }

    It 'adds nothing to the stream after the result "<_>"' -ForEach '$false', '$null', '' {
        $subscription = Register-CdbSubscription light -Downlink -Connection $lamp -Action ([scriptblock]::Create("(`$using:seen).Add(1); $_"))
        Add-CdbDatapoint lamp/light $true
        $null = Receive-One
        Wait-Until { $subscription.Delivered -eq 1 }
        (Get-CdbStream lamp/light).Datapoints | Should -Be 0
        $subscription.Errors | Should -Be 0
    }

    It 'decides by <Last> at the end of the output, and warns once about other output' -ForEach @{ Last = '$true'; Count = 1 }, @{ Last = '$false'; Count = 0 } {
        $subscription = Register-CdbSubscription light -Downlink -Connection $lamp -Action ([scriptblock]::Create("[Collections.Generic.HashSet[int]]::new().Add(1); 'uncaptured'; return $Last"))
        Add-CdbDatapoint lamp/light $false
        Wait-Until { $subscription.Delivered -eq 1 -and $subscription.Acknowledged -eq $Count }
        (Get-CdbStream lamp/light).Datapoints | Should -Be $Count
        $subscription.Errors | Should -Be 0
    }

    It 'adds the result <_> to the stream' -ForEach '$data', '@{ t = $data[0].T; d = $true }', '$true, $true' {
        $null = Register-CdbSubscription light -Downlink -Connection $lamp -Action ([scriptblock]::Create("param(`$stream, `$data) $_"))
        Add-CdbDatapoint lamp/light $true
        (Watch-CdbStream lamp/light -FromIndex 0 -Count 1 -Timeout 1m).Data | Should -BeTrue
    }

    It 'delivers with -Last the newest request from before the subscription' {
        Add-CdbDatapoint lamp/light $true
        Add-CdbDatapoint lamp/light $false
        $null = Register-CdbSubscription light -Connection $lamp -Downlink -Last 1 -Action { $seen.Add($_.Data); $true }
        Receive-One | Should -BeFalse
    }

    It 'delivers only the last of many values with a transform' {
        $null = Register-CdbSubscription light -Downlink -Connection $lamp -Transform 'if last' -Action { $true }
        Add-CdbDatapoint lamp/light $true, $true, $false
        (Watch-CdbStream lamp/light -FromIndex 0 -Count 1 -Timeout 1m).Data | Should -BeFalse
    }

    It 'counts a result that violates the schema as an error' {
        $subscription = Register-CdbSubscription light -Downlink -Connection $lamp -Action { 'text' }
        Add-CdbDatapoint lamp/light $true
        Wait-Until { $subscription.Errors -eq 1 }
        $subscription.LastError.FullyQualifiedErrorId | Should -BeLike 'SchemaViolation*'
        $subscription.Acknowledged | Should -Be 0
    }

    It 'warns a device that is not the owner and cannot add results' {
        $subscription = Register-CdbSubscription lamp/light -Downlink -Action { $true } -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*only 'me/lamp' can*"
        Add-CdbDatapoint lamp/light $true
        Wait-Until { $subscription.Errors -eq 1 }
        $subscription.LastError.FullyQualifiedErrorId | Should -BeLike 'PermissionDenied*'
    }
}
