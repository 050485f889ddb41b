#!/bin/sh
date && df -h /
