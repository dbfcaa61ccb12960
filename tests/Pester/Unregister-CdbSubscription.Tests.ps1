BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream a, b
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Unregister-CdbSubscription' {
    It 'ends subscriptions by id or from the pipeline' {
        $first = Register-CdbSubscription a -Action { }
        $second = Register-CdbSubscription b -Action { }
        Unregister-CdbSubscription -Id $first.Id
        Get-CdbSubscription | ForEach-Object Id | Should -Be $second.Id
        $second | Unregister-CdbSubscription
        Get-CdbSubscription | Should -BeNullOrEmpty
        $second.IsRunning | Should -BeFalse
    }

    It 'ends those of <What>' -ForEach @(
        @{ What = 'a stream'; By = @('a'); Left = 'me/user/b' }
        @{ What = 'a stream and a transform'; By = @('-Stream', 'me/user/a', '-Transform', 'if $ > 1'); Left = 'me/user/a', 'me/user/b' }
        @{ What = 'streams by a pattern'; By = @('*'); Left = @() }
    ) {
        $null = Register-CdbSubscription a -Action { }
        $null = Register-CdbSubscription a -Transform 'if $ > 1' -Action { }
        $null = Register-CdbSubscription b -Action { }
        Invoke-Expression "Unregister-CdbSubscription $($By | ForEach-Object { $_ -like '-*' ? $_ : "'$_'" })"
        @(Get-CdbSubscription | ForEach-Object { "$($_.Stream)" }) | Should -Be $Left
        Get-CdbSubscription | Unregister-CdbSubscription
    }

    It 'reports a stream without such a subscription' {
        { Unregister-CdbSubscription nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*no subscription to 'nowhere'*"
    }

    It 'ends them with their connection' {
        $connection = Connect-Cdb -Path (Join-Path $TestDrive 'other.cdb')
        $null = New-CdbStream c -Connection $connection
        $subscription = Register-CdbSubscription c -Connection $connection -Action { }
        Disconnect-Cdb $connection
        $subscription.IsRunning | Should -BeFalse
    }

    It 'reports an id that does not exist' {
        { Unregister-CdbSubscription -Id 0 -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*'
    }

    It 'does nothing with -WhatIf' {
        $subscription = Register-CdbSubscription a -Action { }
        Unregister-CdbSubscription $subscription -WhatIf
        $subscription.IsRunning | Should -BeTrue
        Unregister-CdbSubscription $subscription
    }
}
